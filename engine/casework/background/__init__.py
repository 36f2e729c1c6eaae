"""What nobody has to click: timers, jobs, incidents; recalculation and verification of all cases."""
