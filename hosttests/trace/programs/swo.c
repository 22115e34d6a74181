// An STM32F103 that sets up its own trace in its Manchester form and writes numbered lines to stimulus port 0.
#define REG(a) (*(volatile unsigned *)(a))
#define STIM0_READY REG(0xE0000000)
#define STIM0_BYTE (*(volatile unsigned char *)0xE0000000)

void start(void);

__attribute__((section(".vectors"), used)) void *const vectors[] = {(void *)0x20005000, start};


static void put(char c)
{
    while (!STIM0_READY) { }
    STIM0_BYTE = (unsigned char)c;
}

void start(void)
{
    REG(0xE000EDFC) |= 1u << 24;      // DEMCR.TRCENA
    REG(0xE0042004) |= 0x20;          // DBGMCU_CR.TRACE_IOEN
    REG(0xE00400F0) = 1;              // TPIU_SPPR: Manchester
    REG(0xE0040010) = 8 - 1;          // TPIU_ACPR: a bit is 8 clocks of the core
    REG(0xE0040304) = 0x100;          // TPIU_FFCR: no formatter
    REG(0xE0000FB0) = 0xC5ACCE55;     // ITM_LAR
    REG(0xE0000E80) = 0x10005;        // ITM_TCR
    REG(0xE0000E00) = 1;              // ITM_TER: port 0
    for (unsigned line = 0; line < 400; line++)
    {
        for (const char *c = "line "; *c; c++) put(*c);
        for (int i = 12; i >= 0; i -= 4) put("0123456789abcdef"[line >> i & 15]);
        put('\n');
    }
    for (;;) { }
}
