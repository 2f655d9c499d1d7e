"""The desktop program and its command line; torch is imported only behind `app.cli` and the job queue."""
