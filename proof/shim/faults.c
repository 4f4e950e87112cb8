/* Stands between a program and its storage calls, by LD_PRELOAD: counts them, fails or kills at one of them, or writes them all down.
 *
 * FAULTS_DIR    only files below this folder are looked at
 * FAULTS_COUNT  a file that is given the number of calls when the program ends
 * FAULTS_AT     the number of the call at which something happens, from 0
 * FAULTS_KIND   what: kill, torn (half a write, then kill), eio, enospc (for 12 writes), short (half a write)
 * FAULTS_LOG    a file that is given every call, and what the program writes to standard output, in order
 * FAULTS_SLOW   a file with a number of milliseconds that every flush of a file takes longer; looked at before each of them
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define FDS 1024
#define ENOSPC_FOR 12

static char *folder, *kind, *count_file, *slow_file;
static long at = -1, calls;
static int log_fd = -1;
static char *paths[FDS];

static long number(const char *name) {
    const char *text = getenv(name);
    return text ? atol(text) : -1;
}

__attribute__((constructor)) static void begin(void) {
    folder = getenv("FAULTS_DIR");
    kind = getenv("FAULTS_KIND");
    count_file = getenv("FAULTS_COUNT");
    at = number("FAULTS_AT");
    slow_file = getenv("FAULTS_SLOW");
    const char *log = getenv("FAULTS_LOG");
    if (log) {
        int fd = syscall(SYS_openat, AT_FDCWD, log, O_CREAT | O_WRONLY | O_TRUNC, 0600);
        log_fd = fcntl(fd, F_DUPFD, 900);
        syscall(SYS_close, fd);
    }
}

__attribute__((destructor)) static void end(void) {
    if (!count_file) return;
    char text[32];
    int length = snprintf(text, sizeof text, "%ld", calls);
    int fd = syscall(SYS_openat, AT_FDCWD, count_file, O_CREAT | O_WRONLY | O_TRUNC, 0600);
    syscall(SYS_write, fd, text, (size_t)length);
    syscall(SYS_close, fd);
}

static int below(const char *path) {
    return folder && path && strncmp(path, folder, strlen(folder)) == 0;
}

static const char *path_of(int fd) {
    return fd >= 0 && fd < FDS ? paths[fd] : NULL;
}

/* The file beside a database that is only shared memory: nothing of it has to last. */
static int is_shared_memory(const char *path) {
    size_t length = strlen(path);
    return length > 4 && strcmp(path + length - 4, "-shm") == 0;
}

static void put(const void *bytes, size_t length) {
    const char *next = bytes;
    while (length > 0) {
        long done = syscall(SYS_write, log_fd, next, length);
        if (done <= 0) abort();
        next += done;
        length -= (size_t)done;
    }
}

/* One call: kind, path, number, data. Numbers are of 8 bytes in the machine's order. */
static void note(char what, const char *path, uint64_t offset, const void *data, size_t length) {
    if (log_fd < 0 || (path && is_shared_memory(path))) return;
    uint64_t path_length = path ? strlen(path) : 0, data_length = length;
    put(&what, 1);
    put(&path_length, 8);
    put(&offset, 8);
    put(&data_length, 8);
    put(path, path_length);
    put(data, length);
}

enum fate { GO, FAIL, HALF };

/* What becomes of this call. */
static enum fate fate(int writes) {
    long this = calls++;
    if (at < 0 || !kind || this < at) return GO;
    if (!strcmp(kind, "enospc")) {
        if (!writes || this >= at + ENOSPC_FOR) return GO;
        errno = ENOSPC;
        return FAIL;
    }
    if (this != at) return GO;
    if (!strcmp(kind, "kill") || (!strcmp(kind, "torn") && !writes)) kill(getpid(), SIGKILL);
    if (!strcmp(kind, "torn") || (!strcmp(kind, "short") && writes)) return HALF;
    if (!strcmp(kind, "eio")) {
        errno = EIO;
        return FAIL;
    }
    return GO;
}

static void torn(void) {
    if (!strcmp(kind, "torn")) kill(getpid(), SIGKILL);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int opened(int fd, const char *path, int existed) {
    if (fd >= 0 && fd < FDS) {
        free(paths[fd]);
        paths[fd] = strdup(path);
        if (!existed) note('C', path, 0, NULL, 0);
    }
    return fd;
}

static int open_any(int directory, const char *path, int flags, mode_t mode) {
    if (!below(path)) return syscall(SYS_openat, directory, path, flags, mode);
    struct stat seen;
    int existed = stat(path, &seen) == 0;
    if (fate(flags & O_CREAT && !existed) != GO) {
        if (errno != ENOSPC) errno = EIO;
        return -1;
    }
    int fd = syscall(SYS_openat, directory, path, flags, mode);
    if (fd >= 0 && existed && (flags & O_TRUNC)) note('T', path, 0, NULL, 0);
    return opened(fd, path, existed || fd < 0);
}

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { \
        va_list more; \
        va_start(more, flags); \
        mode = va_arg(more, mode_t); \
        va_end(more); \
    }

int open(const char *path, int flags, ...) { MODE(flags) return open_any(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return open_any(AT_FDCWD, path, flags, mode); }
int openat(int directory, const char *path, int flags, ...) { MODE(flags) return open_any(directory, path, flags, mode); }
int openat64(int directory, const char *path, int flags, ...) { MODE(flags) return open_any(directory, path, flags, mode); }

int close(int fd) {
    if (fd >= 0 && fd < FDS) {
        free(paths[fd]);
        paths[fd] = NULL;
    }
    return syscall(SYS_close, fd);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
    const char *path = path_of(fd);
    if (!path) return syscall(SYS_pwrite64, fd, bytes, length, offset);
    enum fate now = fate(1);
    if (now == FAIL) return -1;
    if (now == HALF) length = length > 1 ? length / 2 : length;
    ssize_t done = syscall(SYS_pwrite64, fd, bytes, length, offset);
    if (done > 0) note('W', path, (uint64_t)offset, bytes, (size_t)done);
    if (now == HALF) torn();
    return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return pwrite64(fd, bytes, length, offset); }

ssize_t write(int fd, const void *bytes, size_t length) {
    const char *path = path_of(fd);
    if (!path) {
        if (fd == 1) note('A', NULL, 0, bytes, length);
        return syscall(SYS_write, fd, bytes, length);
    }
    off_t offset = lseek(fd, 0, SEEK_CUR);
    enum fate now = fate(1);
    if (now == FAIL) return -1;
    if (now == HALF) length = length > 1 ? length / 2 : length;
    ssize_t done = syscall(SYS_write, fd, bytes, length);
    if (done > 0) note('W', path, (uint64_t)offset, bytes, (size_t)done);
    if (now == HALF) torn();
    return done;
}

/* A disk that is busy with something else. */
static void dawdle(void) {
    if (!slow_file) return;
    char text[32] = {0};
    int fd = syscall(SYS_openat, AT_FDCWD, slow_file, O_RDONLY);
    if (fd < 0) return;
    long length = syscall(SYS_read, fd, text, sizeof text - 1);
    syscall(SYS_close, fd);
    long ms = length > 0 ? atol(text) : 0;
    struct timespec left = {ms / 1000, ms % 1000 * 1000000};
    while (ms > 0 && nanosleep(&left, &left) == -1 && errno == EINTR) {}
}

static int sync_any(int fd, long number) {
    const char *path = path_of(fd);
    if (!path) return syscall(number, fd);
    if (fate(0) != GO) {
        errno = EIO;
        return -1;
    }
    dawdle();
    int done = syscall(number, fd);
    struct stat seen;
    if (done == 0 && fstat(fd, &seen) == 0) note(S_ISDIR(seen.st_mode) ? 'D' : 'S', path, 0, NULL, 0);
    return done;
}

int fsync(int fd) { return sync_any(fd, SYS_fsync); }
int fdatasync(int fd) { return sync_any(fd, SYS_fdatasync); }

int ftruncate64(int fd, off64_t length) {
    const char *path = path_of(fd);
    if (!path) return syscall(SYS_ftruncate, fd, length);
    if (fate(0) != GO) {
        errno = EIO;
        return -1;
    }
    int done = syscall(SYS_ftruncate, fd, length);
    if (done == 0) note('T', path, (uint64_t)length, NULL, 0);
    return done;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

int rename(const char *from, const char *to) {
    if (!below(from)) return NEXT(rename)(from, to);
    if (fate(0) != GO) {
        errno = EIO;
        return -1;
    }
    int done = syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
    if (done == 0) note('R', from, 0, to, strlen(to));
    return done;
}

int unlink(const char *path) {
    if (!below(path)) return NEXT(unlink)(path);
    if (fate(0) != GO) {
        errno = EIO;
        return -1;
    }
    int done = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (done == 0) note('U', path, 0, NULL, 0);
    return done;
}

int mkdir(const char *path, mode_t mode) {
    if (!below(path)) return NEXT(mkdir)(path, mode);
    if (fate(0) != GO) {
        errno = EIO;
        return -1;
    }
    int done = syscall(SYS_mkdirat, AT_FDCWD, path, mode);
    if (done == 0) note('M', path, 0, NULL, 0);
    return done;
}
