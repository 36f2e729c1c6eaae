"""Measures the screens over HTTP: people at work in browsers, on a real server and database, while timers fire."""
