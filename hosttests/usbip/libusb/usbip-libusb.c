/*
 * A libusb-1.0.so.0 for unmodified programs without any USB in the kernel: its only device is the one that a USB/IP server offers on the loopback interface, port
 * SHARPPROBE_USBIP. Written from libusb's public header and from the kernel's Documentation/usb/usbip_protocol.rst. The device is attached at the first look at
 * the list of devices and stays attached until the process ends; one that has gone is looked for again at the next look.
 *   gcc -shared -fPIC -o libusb-1.0.so.0 -Wl,-soname,libusb-1.0.so.0 usbip-libusb.c -lpthread
 *   SHARPPROBE_USBIP=3240 LD_LIBRARY_PATH=$PWD lsusb -v
 */
#include <arpa/inet.h>
#include <errno.h>
#include <libusb-1.0/libusb.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CMD_SUBMIT = 1, CMD_UNLINK = 2, RET_SUBMIT = 3, RET_UNLINK = 4, HEADER = 48, DESCRIBED = 312, DEVID = 1 << 16 | 1, ECHO_MS = 3000, MOST_CONFIG = 4096 };

/* One attachment. Programs may keep one that has gone; it frees nothing under their feet. */
struct libusb_device {
    int references, socket, gone, speed, address;
    struct libusb_device_descriptor descriptor;
    uint8_t config[MOST_CONFIG];
    int config_length;
    pthread_t receiver;
};

struct libusb_device_handle { libusb_device *device; };
struct libusb_context { int unused; };

/* A transfer under way; for synchronous calls on the caller's stack. */
struct request {
    struct request *next;
    struct libusb_transfer *transfer;       /* null: synchronous */
    libusb_device *device;
    uint32_t sequence, unlink;
    uint8_t *buffer;
    int in, length, actual, status, done, timed_out;
    struct timespec deadline;
};

struct owned { struct request request; struct libusb_transfer transfer; };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed;
static struct request *pending, *completed;
static uint32_t last_sequence;
static libusb_device *current;
static int addresses = 1;
static struct libusb_context the_context;

__attribute__((constructor)) static void start(void)
{
    pthread_condattr_t a;
    pthread_condattr_init(&a);
    pthread_condattr_setclock(&a, CLOCK_MONOTONIC);
    pthread_cond_init(&changed, &a);
}

static void put32(uint8_t *p, uint32_t v) { p[0] = v >> 24; p[1] = v >> 16; p[2] = v >> 8; p[3] = v; }
static uint32_t get32(const uint8_t *p) { return (uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3]; }

static int write_all(int s, const void *data, size_t n)
{
    for (const uint8_t *p = data; n > 0;) {
        ssize_t c = send(s, p, n, MSG_NOSIGNAL);
        if (c <= 0) return 0;
        p += c; n -= c;
    }
    return 1;
}

static int read_all(int s, void *data, size_t n)
{
    for (uint8_t *p = data; n > 0;) {
        ssize_t c = recv(s, p, n, 0);
        if (c <= 0) return 0;
        p += c; n -= c;
    }
    return 1;
}

static struct timespec after(unsigned ms)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += ms / 1000;
    t.tv_nsec += ms % 1000 * 1000000L;
    if (t.tv_nsec >= 1000000000L) { t.tv_sec++; t.tv_nsec -= 1000000000L; }
    return t;
}

static int earlier(const struct timespec *a, const struct timespec *b) { return a->tv_sec != b->tv_sec ? a->tv_sec < b->tv_sec : a->tv_nsec < b->tv_nsec; }

static int is_past(const struct timespec *t)
{
    struct timespec now = after(0);
    return t->tv_sec != 0 && !earlier(&now, t);
}

/* With the lock. */
static void finish(struct request *r, int status)
{
    for (struct request **p = &pending; *p; p = &(*p)->next)
        if (*p == r) { *p = r->next; break; }
    r->status = status;
    r->done = 1;
    r->next = 0;
    if (r->transfer) {
        struct request **last = &completed;
        while (*last) last = &(*last)->next;
        *last = r;
    }
    pthread_cond_broadcast(&changed);
}

static void lose(libusb_device *d)
{
    d->gone = 1;
    for (struct request *r = pending, *next; r; r = next) {
        next = r->next;
        if (r->device == d) finish(r, -ENODEV);
    }
    pthread_cond_broadcast(&changed);
}

static void *receive(void *argument)
{
    libusb_device *d = argument;
    uint8_t h[HEADER];
    while (read_all(d->socket, h, HEADER)) {
        uint32_t command = get32(h), sequence = get32(h + 4);
        int status = (int)get32(h + 20), length = (int)get32(h + 24);
        pthread_mutex_lock(&lock);
        struct request *r = pending;
        if (command == RET_UNLINK) {
            while (r && !(r->device == d && r->unlink == sequence)) r = r->next;
            if (r && status != 0) finish(r, -ECONNRESET);
            pthread_mutex_unlock(&lock);
            continue;
        }
        while (r && !(r->device == d && r->sequence == sequence)) r = r->next;
        if (!r || command != RET_SUBMIT || length < 0 || length > r->length) { pthread_mutex_unlock(&lock); break; }
        /* Under the lock: the buffer is the program's, which waits for this request's end. */
        if (r->in && !read_all(d->socket, r->buffer, length)) { pthread_mutex_unlock(&lock); break; }
        r->actual = length;
        finish(r, status);
        pthread_mutex_unlock(&lock);
    }
    pthread_mutex_lock(&lock);
    lose(d);
    pthread_mutex_unlock(&lock);
    return 0;
}

/* With the lock. */
static int submit(struct request *r, libusb_device *d, int endpoint, const uint8_t *setup, uint8_t *buffer, int length, int zero_packet)
{
    uint8_t h[HEADER] = { 0 };
    if (d->gone) return LIBUSB_ERROR_NO_DEVICE;
    r->device = d;
    r->sequence = ++last_sequence;
    r->in = setup ? setup[0] >> 7 : endpoint >> 7;
    r->buffer = buffer;
    r->length = length;
    r->actual = r->done = r->unlink = r->timed_out = 0;
    put32(h, CMD_SUBMIT); put32(h + 4, r->sequence); put32(h + 8, DEVID); put32(h + 12, r->in); put32(h + 16, endpoint & 15);
    put32(h + 20, zero_packet ? 0x40 : 0);
    put32(h + 24, length);
    if (setup) memcpy(h + 40, setup, 8);
    r->next = pending;
    pending = r;
    if (write_all(d->socket, h, HEADER) && (r->in || write_all(d->socket, buffer, length))) return 0;
    shutdown(d->socket, SHUT_RDWR);
    return 0;                           /* the receiver ends it */
}

/* With the lock. */
static void take_back(struct request *r)
{
    uint8_t h[HEADER] = { 0 };
    if (r->unlink || r->done) return;
    r->unlink = ++last_sequence;
    put32(h, CMD_UNLINK); put32(h + 4, r->unlink); put32(h + 8, DEVID); put32(h + 20, r->sequence);
    if (!write_all(r->device->socket, h, HEADER)) shutdown(r->device->socket, SHUT_RDWR);
}

static int error_of(const struct request *r)
{
    if (r->timed_out && r->status == -ECONNRESET) return LIBUSB_ERROR_TIMEOUT;
    switch (r->status) {
    case 0: return 0;
    case -EPIPE: return LIBUSB_ERROR_PIPE;
    case -EOVERFLOW: return LIBUSB_ERROR_OVERFLOW;
    case -ENODEV: case -ESHUTDOWN: return LIBUSB_ERROR_NO_DEVICE;
    case -ENOENT: return LIBUSB_ERROR_NOT_FOUND;
    case -ENOMEM: return LIBUSB_ERROR_NO_MEM;
    case -ECONNRESET: return LIBUSB_ERROR_INTERRUPTED;
    default: return LIBUSB_ERROR_IO;
    }
}

static int transact(libusb_device *d, int endpoint, const uint8_t *setup, uint8_t *buffer, int length, unsigned timeout, int *actual)
{
    struct request r = { 0 };
    pthread_mutex_lock(&lock);
    int error = submit(&r, d, endpoint, setup, buffer, length, 0);
    struct timespec end = after(timeout);
    while (!error && !r.done) {
        if (timeout == 0 || r.unlink) pthread_cond_wait(&changed, &lock);
        else if (pthread_cond_timedwait(&changed, &lock, &end) == ETIMEDOUT && !r.done) {
            r.timed_out = 1;
            take_back(&r);
        }
    }
    pthread_mutex_unlock(&lock);
    if (actual) *actual = r.actual;
    /* Some programs look at what the kernel would have said: lsusb is silent about EPIPE. */
    if (r.status) errno = -r.status;
    return error ? error : error_of(&r);
}

static int control(libusb_device *d, int type, int request, int value, int index, uint8_t *data, int length, unsigned timeout)
{
    uint8_t setup[8] = { type, request, value, value >> 8, index, index >> 8, length, length >> 8 };
    int actual, error = transact(d, 0, setup, data, length, timeout, &actual);
    return error ? error : actual;
}

/* ---- attaching ---- */

static int connected(void)
{
    const char *port = getenv("SHARPPROBE_USBIP");
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(port ? atoi(port) : 3240), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int one = 1, s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (s < 0) return -1;
    if (connect(s, (struct sockaddr *)&a, sizeof a) != 0) { close(s); return -1; }
    setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return s;
}

/* Another process may just be letting go of it. */
static int import(uint8_t *described)
{
    struct timespec end = after(ECHO_MS);
    for (;;) {
        uint8_t request[40] = { 0x01, 0x11, 0x80, 0x03, 0, 0, 0, 0, '1', '-', '1' }, reply[8];
        int s = connected();
        if (s < 0) return -1;
        if (write_all(s, request, sizeof request) && read_all(s, reply, sizeof reply) && get32(reply) == 0x01110003) {
            if (get32(reply + 4) == 0 && read_all(s, described, DESCRIBED)) return s;
            if (get32(reply + 4) != 2) { close(s); return -1; }
        }
        close(s);
        if (is_past(&end)) return -1;
        usleep(10000);
    }
}

static libusb_device *attach(void)
{
    uint8_t described[DESCRIBED], raw[18];
    int s = import(described);
    if (s < 0) return 0;
    libusb_device *d = calloc(1, sizeof *d);
    d->references = 1;
    d->socket = s;
    d->address = ++addresses;
    d->speed = get32(described + 296) == 3 ? LIBUSB_SPEED_HIGH : LIBUSB_SPEED_FULL;
    pthread_create(&d->receiver, 0, receive, d);
    pthread_detach(d->receiver);
    int ok = control(d, 0x80, 6, 0x100, 0, raw, 18, 5000) == 18;
    if (ok) {
        d->config_length = control(d, 0x80, 6, 0x200, 0, d->config, MOST_CONFIG, 5000);
        ok = d->config_length >= 9 && control(d, 0, 9, d->config[5], 0, 0, 0, 5000) == 0;
    }
    if (!ok) {
        shutdown(s, SHUT_RDWR);         /* the receiver may still be reading: it and this structure are left to the process's end */
        return 0;
    }
    struct libusb_device_descriptor *t = &d->descriptor;
    t->bLength = raw[0]; t->bDescriptorType = raw[1]; t->bcdUSB = raw[2] | raw[3] << 8; t->bDeviceClass = raw[4]; t->bDeviceSubClass = raw[5]; t->bDeviceProtocol = raw[6];
    t->bMaxPacketSize0 = raw[7]; t->idVendor = raw[8] | raw[9] << 8; t->idProduct = raw[10] | raw[11] << 8; t->bcdDevice = raw[12] | raw[13] << 8;
    t->iManufacturer = raw[14]; t->iProduct = raw[15]; t->iSerialNumber = raw[16]; t->bNumConfigurations = raw[17];
    return d;
}

int libusb_init(libusb_context **context) { if (context) *context = &the_context; return 0; }
#if LIBUSB_API_VERSION >= 0x0100010A
int libusb_init_context(libusb_context **context, const struct libusb_init_option options[], int count) { (void)options; (void)count; return libusb_init(context); }
#endif
void libusb_exit(libusb_context *context) { (void)context; }
int libusb_set_option(libusb_context *context, enum libusb_option option, ...) { (void)context; (void)option; return 0; }
void libusb_set_debug(libusb_context *context, int level) { (void)context; (void)level; }

ssize_t libusb_get_device_list(libusb_context *context, libusb_device ***list)
{
    (void)context;
    if (!current || current->gone) {
        if (current) libusb_unref_device(current);
        current = attach();
    }
    *list = calloc(2, sizeof **list);
    if (!current) return 0;
    **list = libusb_ref_device(current);
    return 1;
}

void libusb_free_device_list(libusb_device **list, int unref)
{
    for (libusb_device **d = list; list && unref && *d; d++) libusb_unref_device(*d);
    free(list);
}

/* Never freed: a receiver may be about to look at it. There are only as many as attachments. */
libusb_device *libusb_ref_device(libusb_device *d) { d->references++; return d; }
void libusb_unref_device(libusb_device *d) { if (d) d->references--; }

int libusb_open(libusb_device *d, libusb_device_handle **handle)
{
    if (d->gone) return LIBUSB_ERROR_NO_DEVICE;
    *handle = malloc(sizeof **handle);
    (*handle)->device = libusb_ref_device(d);
    return 0;
}

void libusb_close(libusb_device_handle *h)
{
    if (!h) return;
    libusb_unref_device(h->device);
    free(h);
}

libusb_device *libusb_get_device(libusb_device_handle *h) { return h->device; }

libusb_device_handle *libusb_open_device_with_vid_pid(libusb_context *context, uint16_t vendor, uint16_t product)
{
    libusb_device **list;
    libusb_device_handle *h = 0;
    if (libusb_get_device_list(context, &list) == 1 && list[0]->descriptor.idVendor == vendor && list[0]->descriptor.idProduct == product) libusb_open(list[0], &h);
    libusb_free_device_list(list, 1);
    return h;
}

int libusb_wrap_sys_device(libusb_context *context, intptr_t device, libusb_device_handle **h) { (void)context; (void)device; (void)h; return LIBUSB_ERROR_NOT_SUPPORTED; }

/* USB/IP has no reset; its server resets a device whose host lets go of it. Libusb's rule: not the same any more is NOT_FOUND. */
int libusb_reset_device(libusb_device_handle *h)
{
    libusb_device *old = h->device;
    shutdown(old->socket, SHUT_RDWR);
    pthread_mutex_lock(&lock);
    while (!old->gone) pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
    libusb_device *d = attach();
    if (current == old) { libusb_unref_device(old); current = d; }
    if (!d) return LIBUSB_ERROR_NOT_FOUND;
    if (memcmp(&d->descriptor, &old->descriptor, sizeof d->descriptor) || d->config_length != old->config_length || memcmp(d->config, old->config, d->config_length)) return LIBUSB_ERROR_NOT_FOUND;
    h->device = libusb_ref_device(d);
    libusb_unref_device(old);
    return 0;
}

/* ---- what a device says of itself ---- */

uint8_t libusb_get_bus_number(libusb_device *d) { (void)d; return 1; }
uint8_t libusb_get_device_address(libusb_device *d) { return d->address; }
uint8_t libusb_get_port_number(libusb_device *d) { (void)d; return 1; }
int libusb_get_port_numbers(libusb_device *d, uint8_t *ports, int length) { (void)d; if (length < 1) return LIBUSB_ERROR_OVERFLOW; *ports = 1; return 1; }
int libusb_get_port_path(libusb_context *context, libusb_device *d, uint8_t *ports, uint8_t length) { (void)context; return libusb_get_port_numbers(d, ports, length); }
libusb_device *libusb_get_parent(libusb_device *d) { (void)d; return 0; }
int libusb_get_device_speed(libusb_device *d) { return d->speed; }
int libusb_get_device_descriptor(libusb_device *d, struct libusb_device_descriptor *t) { *t = d->descriptor; return 0; }

static void extra(const unsigned char **at, int *length, const uint8_t *item)
{
    unsigned char *all = realloc((void *)*at, *length + item[0]);
    memcpy(all + *length, item, item[0]);
    *at = all;
    *length += item[0];
}

void libusb_free_config_descriptor(struct libusb_config_descriptor *c)
{
    if (!c) return;
    for (int i = 0; i < c->bNumInterfaces; i++) {
        const struct libusb_interface *f = &c->interface[i];
        for (int a = 0; a < f->num_altsetting; a++) {
            for (int e = 0; e < f->altsetting[a].bNumEndpoints; e++) free((void *)f->altsetting[a].endpoint[e].extra);
            free((void *)f->altsetting[a].endpoint);
            free((void *)f->altsetting[a].extra);
        }
        free((void *)f->altsetting);
    }
    free((void *)c->interface);
    free((void *)c->extra);
    free(c);
}

int libusb_get_config_descriptor(libusb_device *d, uint8_t index, struct libusb_config_descriptor **result)
{
    if (index != 0) return LIBUSB_ERROR_NOT_FOUND;
    const uint8_t *b = d->config;
    struct libusb_config_descriptor *c = calloc(1, sizeof *c);
    struct libusb_interface *interfaces = calloc(b[4] + 1, sizeof *interfaces);
    struct libusb_interface_descriptor *setting = 0;
    struct libusb_endpoint_descriptor *endpoint = 0;
    int endpoints = 0;
    c->bLength = b[0]; c->bDescriptorType = b[1]; c->wTotalLength = b[2] | b[3] << 8; c->bNumInterfaces = b[4]; c->bConfigurationValue = b[5];
    c->iConfiguration = b[6]; c->bmAttributes = b[7]; c->MaxPower = b[8];
    c->interface = interfaces;
    for (int at = b[0]; at + 2 <= d->config_length && b[at] >= 2 && at + b[at] <= d->config_length; at += b[at]) {
        const uint8_t *p = b + at;
        if (p[1] == LIBUSB_DT_INTERFACE && p[0] >= 9 && p[2] < c->bNumInterfaces) {
            struct libusb_interface *f = &interfaces[p[2]];
            f->altsetting = realloc((void *)f->altsetting, (f->num_altsetting + 1) * sizeof *setting);
            setting = (struct libusb_interface_descriptor *)f->altsetting + f->num_altsetting++;
            memset(setting, 0, sizeof *setting);
            setting->bLength = p[0]; setting->bDescriptorType = p[1]; setting->bInterfaceNumber = p[2]; setting->bAlternateSetting = p[3]; setting->bNumEndpoints = p[4];
            setting->bInterfaceClass = p[5]; setting->bInterfaceSubClass = p[6]; setting->bInterfaceProtocol = p[7]; setting->iInterface = p[8];
            setting->endpoint = calloc(p[4] + 1, sizeof *endpoint);
            endpoint = 0;
            endpoints = 0;
        } else if (p[1] == LIBUSB_DT_ENDPOINT && p[0] >= 7 && setting && endpoints < setting->bNumEndpoints) {
            endpoint = (struct libusb_endpoint_descriptor *)setting->endpoint + endpoints++;
            endpoint->bLength = p[0]; endpoint->bDescriptorType = p[1]; endpoint->bEndpointAddress = p[2]; endpoint->bmAttributes = p[3];
            endpoint->wMaxPacketSize = p[4] | p[5] << 8; endpoint->bInterval = p[6];
        } else if (endpoint) extra(&endpoint->extra, &endpoint->extra_length, p);
        else if (setting) extra(&setting->extra, &setting->extra_length, p);
        else extra(&c->extra, &c->extra_length, p);
    }
    *result = c;
    return 0;
}

int libusb_get_active_config_descriptor(libusb_device *d, struct libusb_config_descriptor **c) { return libusb_get_config_descriptor(d, 0, c); }

int libusb_get_config_descriptor_by_value(libusb_device *d, uint8_t value, struct libusb_config_descriptor **c)
{
    return value == d->config[5] ? libusb_get_config_descriptor(d, 0, c) : LIBUSB_ERROR_NOT_FOUND;
}

static const uint8_t *find_endpoint(libusb_device *d, int address)
{
    for (int at = 0; at + 7 <= d->config_length && d->config[at] >= 2; at += d->config[at])
        if (d->config[at + 1] == LIBUSB_DT_ENDPOINT && d->config[at + 2] == address) return d->config + at;
    return 0;
}

int libusb_get_max_packet_size(libusb_device *d, unsigned char address)
{
    const uint8_t *e = find_endpoint(d, address);
    return e ? e[4] | e[5] << 8 : LIBUSB_ERROR_NOT_FOUND;
}

int libusb_get_max_iso_packet_size(libusb_device *d, unsigned char address) { return libusb_get_max_packet_size(d, address); }

int libusb_get_string_descriptor_ascii(libusb_device_handle *h, uint8_t index, unsigned char *text, int length)
{
    uint8_t b[255];
    int count = 0, n = index == 0 ? LIBUSB_ERROR_INVALID_PARAM : control(h->device, 0x80, 6, 0x300, 0, b, sizeof b, 1000);
    if (n < 0) return n;
    if (n < 4) return LIBUSB_ERROR_IO;
    n = control(h->device, 0x80, 6, 0x300 | index, b[2] | b[3] << 8, b, sizeof b, 1000);
    if (n < 0) return n;
    for (int at = 2; at + 1 < n && at + 1 < b[0] && count < length - 1; at += 2) text[count++] = b[at] < 0x80 && !b[at + 1] ? b[at] : '?';
    text[count] = 0;
    return count;
}

/* ---- interfaces ---- */

int libusb_get_configuration(libusb_device_handle *h, int *value)
{
    uint8_t b;
    int n = control(h->device, 0x80, 8, 0, 0, &b, 1, 1000);
    *value = b;
    return n < 0 ? n : 0;
}

int libusb_set_configuration(libusb_device_handle *h, int value) { return control(h->device, 0, 9, value < 0 ? 0 : value, 0, 0, 0, 5000); }
int libusb_claim_interface(libusb_device_handle *h, int number) { return h->device->gone ? LIBUSB_ERROR_NO_DEVICE : number < h->device->config[4] ? 0 : LIBUSB_ERROR_NOT_FOUND; }
int libusb_release_interface(libusb_device_handle *h, int number) { return libusb_claim_interface(h, number); }
int libusb_set_interface_alt_setting(libusb_device_handle *h, int number, int setting) { return control(h->device, 1, 11, setting, number, 0, 0, 5000); }
int libusb_clear_halt(libusb_device_handle *h, unsigned char endpoint) { return control(h->device, 2, 1, 0, endpoint, 0, 0, 5000); }
int libusb_kernel_driver_active(libusb_device_handle *h, int number) { (void)h; (void)number; return 0; }
int libusb_detach_kernel_driver(libusb_device_handle *h, int number) { (void)h; (void)number; return LIBUSB_ERROR_NOT_FOUND; }
int libusb_attach_kernel_driver(libusb_device_handle *h, int number) { (void)h; (void)number; return LIBUSB_ERROR_NOT_FOUND; }
int libusb_set_auto_detach_kernel_driver(libusb_device_handle *h, int enable) { (void)h; (void)enable; return 0; }

/* ---- transfers ---- */

int libusb_control_transfer(libusb_device_handle *h, uint8_t type, uint8_t request, uint16_t value, uint16_t index, unsigned char *data, uint16_t length, unsigned timeout)
{
    return control(h->device, type, request, value, index, data, length, timeout);
}

int libusb_bulk_transfer(libusb_device_handle *h, unsigned char endpoint, unsigned char *data, int length, int *actual, unsigned timeout)
{
    int done, error = transact(h->device, endpoint, 0, data, length, timeout, &done);
    if (actual) *actual = done;
    return error;
}

int libusb_interrupt_transfer(libusb_device_handle *h, unsigned char endpoint, unsigned char *data, int length, int *actual, unsigned timeout)
{
    return libusb_bulk_transfer(h, endpoint, data, length, actual, timeout);
}

static struct request *of(struct libusb_transfer *t) { return &((struct owned *)((char *)t - offsetof(struct owned, transfer)))->request; }

struct libusb_transfer *libusb_alloc_transfer(int packets)
{
    struct owned *o = calloc(1, sizeof *o + packets * sizeof(struct libusb_iso_packet_descriptor));
    return o ? &o->transfer : 0;
}

void libusb_free_transfer(struct libusb_transfer *t)
{
    if (!t) return;
    if (t->flags & LIBUSB_TRANSFER_FREE_BUFFER) free(t->buffer);
    free((char *)t - offsetof(struct owned, transfer));
}

int libusb_submit_transfer(struct libusb_transfer *t)
{
    struct request *r = of(t);
    int is_control = t->type == LIBUSB_TRANSFER_TYPE_CONTROL;
    if (t->type == LIBUSB_TRANSFER_TYPE_ISOCHRONOUS) return LIBUSB_ERROR_NOT_SUPPORTED;
    pthread_mutex_lock(&lock);
    r->transfer = t;
    r->deadline = t->timeout ? after(t->timeout) : (struct timespec) { 0 };
    int error = submit(r, t->dev_handle->device, is_control ? 0 : t->endpoint, is_control ? t->buffer : 0, is_control ? t->buffer + 8 : t->buffer,
        is_control ? t->length - 8 : t->length, t->flags & LIBUSB_TRANSFER_ADD_ZERO_PACKET);
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    return error;
}

int libusb_cancel_transfer(struct libusb_transfer *t)
{
    struct request *r = of(t);
    int error = LIBUSB_ERROR_NOT_FOUND;
    pthread_mutex_lock(&lock);
    for (struct request *p = pending; p; p = p->next)
        if (p == r && !r->unlink) { take_back(r); error = 0; break; }
    pthread_mutex_unlock(&lock);
    return error;
}

static void report(struct request *r)
{
    struct libusb_transfer *t = r->transfer;
    int flags = t->flags;
    t->actual_length = r->actual;
    switch (r->status == 0 ? 0 : error_of(r)) {
    case 0: t->status = r->actual < r->length && flags & LIBUSB_TRANSFER_SHORT_NOT_OK ? LIBUSB_TRANSFER_ERROR : LIBUSB_TRANSFER_COMPLETED; break;
    case LIBUSB_ERROR_TIMEOUT: t->status = LIBUSB_TRANSFER_TIMED_OUT; break;
    case LIBUSB_ERROR_INTERRUPTED: t->status = LIBUSB_TRANSFER_CANCELLED; break;
    case LIBUSB_ERROR_PIPE: t->status = LIBUSB_TRANSFER_STALL; break;
    case LIBUSB_ERROR_NO_DEVICE: t->status = LIBUSB_TRANSFER_NO_DEVICE; break;
    case LIBUSB_ERROR_OVERFLOW: t->status = LIBUSB_TRANSFER_OVERFLOW; break;
    default: t->status = LIBUSB_TRANSFER_ERROR;
    }
    if (t->callback) t->callback(t);
    if (flags & LIBUSB_TRANSFER_FREE_TRANSFER) libusb_free_transfer(t);
}

int libusb_handle_events_timeout_completed(libusb_context *context, struct timeval *wait, int *is_completed)
{
    (void)context;
    struct timespec end = after(wait->tv_sec * 1000 + wait->tv_usec / 1000);
    pthread_mutex_lock(&lock);
    while (!completed && !(is_completed && *is_completed)) {
        struct timespec next = end;
        for (struct request *r = pending; r; r = r->next) {
            if (!r->transfer || r->unlink || !r->deadline.tv_sec) continue;
            if (is_past(&r->deadline)) { r->timed_out = 1; take_back(r); }
            else if (earlier(&r->deadline, &next)) next = r->deadline;
        }
        if (pthread_cond_timedwait(&changed, &lock, &next) == ETIMEDOUT && is_past(&end)) break;
    }
    struct request *r;
    while ((r = completed)) {
        completed = r->next;
        pthread_mutex_unlock(&lock);
        report(r);
        pthread_mutex_lock(&lock);
    }
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
    return 0;
}

int libusb_handle_events_timeout(libusb_context *context, struct timeval *wait) { return libusb_handle_events_timeout_completed(context, wait, 0); }

int libusb_handle_events_completed(libusb_context *context, int *is_completed)
{
    struct timeval minute = { 60, 0 };
    return libusb_handle_events_timeout_completed(context, &minute, is_completed);
}

int libusb_handle_events(libusb_context *context) { return libusb_handle_events_completed(context, 0); }

void libusb_interrupt_event_handler(libusb_context *context)
{
    (void)context;
    pthread_mutex_lock(&lock);
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&lock);
}

/* ---- the rest ---- */

int libusb_has_capability(uint32_t capability) { return capability == LIBUSB_CAP_HAS_CAPABILITY; }
int libusb_setlocale(const char *locale) { (void)locale; return 0; }

const struct libusb_version *libusb_get_version(void)
{
    static const struct libusb_version version = { 1, 0, 26, 0, "", "USB/IP" };
    return &version;
}

static const struct { int code; const char *name, *text; } errors[] = {
    { 0, "LIBUSB_SUCCESS", "no error" },
    { LIBUSB_ERROR_IO, "LIBUSB_ERROR_IO", "the transfer failed on the bus" },
    { LIBUSB_ERROR_INVALID_PARAM, "LIBUSB_ERROR_INVALID_PARAM", "an argument is wrong" },
    { LIBUSB_ERROR_NO_DEVICE, "LIBUSB_ERROR_NO_DEVICE", "the device is gone" },
    { LIBUSB_ERROR_NOT_FOUND, "LIBUSB_ERROR_NOT_FOUND", "there is no such thing" },
    { LIBUSB_ERROR_TIMEOUT, "LIBUSB_ERROR_TIMEOUT", "no end within the time given" },
    { LIBUSB_ERROR_OVERFLOW, "LIBUSB_ERROR_OVERFLOW", "more came than was asked for" },
    { LIBUSB_ERROR_PIPE, "LIBUSB_ERROR_PIPE", "the endpoint is stalled" },
    { LIBUSB_ERROR_INTERRUPTED, "LIBUSB_ERROR_INTERRUPTED", "taken back" },
    { LIBUSB_ERROR_NO_MEM, "LIBUSB_ERROR_NO_MEM", "no memory" },
    { LIBUSB_ERROR_NOT_SUPPORTED, "LIBUSB_ERROR_NOT_SUPPORTED", "not with USB/IP" },
    { LIBUSB_ERROR_OTHER, "LIBUSB_ERROR_OTHER", "something else" },
};

const char *libusb_error_name(int code)
{
    for (unsigned i = 0; i < sizeof errors / sizeof *errors; i++) if (errors[i].code == code) return errors[i].name;
    return "**UNKNOWN**";
}

const char *libusb_strerror(int code)
{
    for (unsigned i = 0; i < sizeof errors / sizeof *errors; i++) if (errors[i].code == code) return errors[i].text;
    return "Unknown error";
}
