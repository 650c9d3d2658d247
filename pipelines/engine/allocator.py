"""Makes freed memory go back to the system, where an allocator would keep it for later.

A run allocates large arrays in several threads and frees them soon. glibc by default keeps what was
freed in an arena for each thread and raises the size from which it maps memory to 32 MB; Arrow's
mimalloc keeps segments. Of a worker's 840 MB some 250 were alive (50,000 texts, mallinfo2 and
tracemalloc); with bounds of 1 and 8 MB all processes together took 1.28 GB instead of 2.24.

What goes back is mapped and cleared anew when it is wanted again, which costs: with 4 and 32 MB a
run on 10,000 texts has .29 million page faults instead of .84 and takes 1.5 of 3.0 s of the
kernel's time; 50,000 texts take 952 MB at their peak instead of 850.
"""

import ctypes
import os
import sys

# malloc.h; setting the threshold also stops glibc from raising it
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_MAPPED_BYTES = 4 << 20
_KEPT_BYTES = 32 << 20
_ARENAS = 2


def give_back() -> None:
    """Bounds what this process and those it starts keep of freed memory; glibc's malloc only.

    To be called before pyarrow is imported, which chooses its allocator then.
    """
    if sys.platform != "linux" or not hasattr(libc := ctypes.CDLL(None), "mallopt"):
        return
    libc.mallopt(_M_MMAP_THRESHOLD, _MAPPED_BYTES)
    libc.mallopt(_M_TRIM_THRESHOLD, _KEPT_BYTES)
    libc.mallopt(_M_ARENA_MAX, _ARENAS)
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
