"""Work that takes long, in a process of its own with low priority, so that no reader waits for it.

`Jobs` starts it, one job at a time; a `Job` tells how far it is and what came of it. `tasks` says
what a job does; `worker` is the process. It ends with the service that started it, and may be
killed at any time: an ingest that is killed leaves the collection as it was.
"""

from lhassist.jobs.job import Job, Jobs, Step, Task

__all__ = ["Job", "Jobs", "Step", "Task"]
