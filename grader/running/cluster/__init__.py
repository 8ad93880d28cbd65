"""Grading on a Dask cluster. What is scheduled, sent and tried again is Dask's; all else here sees a Crew."""
