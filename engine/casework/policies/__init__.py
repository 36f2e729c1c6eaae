"""Which policy each council of the installation is served by, and how one comes to be served."""
