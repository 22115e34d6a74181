// Writes numbered words to RTT channel 0 as fast as its ring is emptied; gives up none. A program for an STM32F103 without start-up code: what lies in RAM is set by itself.
typedef unsigned int u32;
static volatile char ring[8192];
static volatile struct { char id[16]; u32 up, down; struct { const char *name; volatile char *buffer; u32 size, write, read; u32 flags; } channel[1]; } block;
volatile u32 rounds;

__attribute__((noinline)) void every_1024(void) { rounds++; }

void start(void)
{
    static const char id[] = "SEGGER RTT";
    block.up = 1;
    block.down = 0;
    block.channel[0].name = "log";
    block.channel[0].buffer = ring;
    block.channel[0].size = sizeof ring;
    block.channel[0].write = block.channel[0].read = 0;
    for (int i = 0; i < 16; i++) block.id[i] = i < (int)sizeof id ? id[i] : 0;
    rounds = 0;
    for (u32 number = 0;; number++)
    {
        u32 write = block.channel[0].write, next = (write + 4) % sizeof ring;
        while (next == block.channel[0].read) { }
        *(volatile u32 *)(ring + write) = number;
        block.channel[0].write = next;
        if (number % 1024 == 1023) every_1024();
    }
}

__attribute__((section(".vectors"), used)) static void (*const vectors[2])(void) = { (void (*)(void))0x20005000, start };
