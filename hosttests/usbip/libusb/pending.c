/* Asks the probe's console its version through libusb, with sixteen reads pending as a driver has them; then takes them back, and waits for one to time out. */
#include <libusb-1.0/libusb.h>
#include <stdio.h>
#include <string.h>

enum { READS = 16 };

static int ended[8], left, ending;
static char said[4096];

static void done(struct libusb_transfer *t)
{
    if (t->status == LIBUSB_TRANSFER_COMPLETED) strncat(said, (char *)t->buffer, t->actual_length);
    if (t->status == LIBUSB_TRANSFER_COMPLETED && !ending && libusb_submit_transfer(t) == 0) return;
    ended[t->status]++;
    left--;
}

static void until(int *none)
{
    while (*none > 0) if (libusb_handle_events(0)) return;
}

int main(void)
{
    static unsigned char buffers[READS][1024], line[] = { 0, 0xC2, 1, 0, 0, 0, 8 };
    struct libusb_transfer *t[READS];
    struct libusb_config_descriptor *c;
    setvbuf(stdout, 0, _IOLBF, 0);
    libusb_init(0);
    libusb_device_handle *h = libusb_open_device_with_vid_pid(0, 0x1D50, 0x6018);
    if (!h || libusb_get_config_descriptor(libusb_get_device(h), 0, &c) || libusb_claim_interface(h, 1)) return 1;
    unsigned char in = 0, out = 0;
    for (int i = 0; i < 2; i++) {
        unsigned char e = c->interface[1].altsetting[0].endpoint[i].bEndpointAddress;
        if (e & 0x80) in = e; else out = e;
    }
    libusb_free_config_descriptor(c);
    libusb_control_transfer(h, 0x21, 0x20, 0, 0, line, 7, 1000);
    libusb_control_transfer(h, 0x21, 0x22, 3, 0, 0, 0, 1000);
    for (int i = 0; i < READS; i++) {
        t[i] = libusb_alloc_transfer(0);
        libusb_fill_bulk_transfer(t[i], h, in, buffers[i], sizeof buffers[i], done, 0, 0);
        if (libusb_submit_transfer(t[i])) return 2;
        left++;
    }
    int n;
    if (libusb_bulk_transfer(h, out, (unsigned char *)"version\r", 8, &n, 1000) || n != 8) return 3;
    while (!strstr(said, "SharpProbe")) libusb_handle_events(0);
    ending = 1;
    for (int i = 0; i < READS; i++) libusb_cancel_transfer(t[i]);
    until(&left);
    printf("%d taken back, %d ended by themselves\n", ended[LIBUSB_TRANSFER_CANCELLED], ended[LIBUSB_TRANSFER_COMPLETED]);
    for (int i = 1; i < READS; i++) libusb_free_transfer(t[i]);
    libusb_bulk_transfer(h, in, buffers[0], sizeof buffers[0], &n, 100);    /* what is left of the answer */
    printf("synchronous: %s\n", libusb_error_name(libusb_bulk_transfer(h, in, buffers[0], sizeof buffers[0], &n, 50)));
    t[0]->timeout = 50;
    left = 1;
    libusb_submit_transfer(t[0]);
    until(&left);
    printf("asynchronous: %d timed out\n", ended[LIBUSB_TRANSFER_TIMED_OUT]);
    libusb_free_transfer(t[0]);
    printf("halted: %s\n", libusb_error_name(libusb_control_transfer(h, 0x02, 3, 0, in, 0, 0, 1000)));
    printf("read: %s\n", libusb_error_name(libusb_bulk_transfer(h, in, buffers[0], sizeof buffers[0], &n, 1000)));
    printf("cleared: %s\n", libusb_error_name(libusb_clear_halt(h, in)));
    printf("reset: %s\n", libusb_error_name(libusb_reset_device(h)));
    printf("after: %d\n", libusb_control_transfer(h, 0x80, 6, 0x100, 0, buffers[0], 18, 1000));
    libusb_close(h);
    libusb_exit(0);
    return 0;
}
