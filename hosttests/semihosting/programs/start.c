// Vector table for newlib's start-up code, which asks the debugger where heap and stack shall be.
extern void _start(void);
static void hang(void) { for (;;) { } }
__attribute__((section(".vectors"), used)) static void (*const vectors[16])(void) = {
    (void (*)(void))0x20005000, _start, hang, hang, hang, hang, hang, 0, 0, 0, 0, hang, hang, 0, hang, hang,
};
