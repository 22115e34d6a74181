// Numbers every word that it puts into a ring with head and tail offsets, as fast as the ring is emptied, and counts rounds of 1024. For an STM32F103, without start-up code.
typedef unsigned int u32;
volatile char ring[4096];
volatile u32 head, tail, rounds;
volatile unsigned char letter;

void start(void)
{
    head = tail = rounds = 0;
    for (u32 number = 0;; number++)
    {
        u32 next = (head + 4) % sizeof ring;
        while (next == tail) { }
        *(volatile u32 *)(ring + head) = number;
        head = next;
        if (number % 1024 == 1023) letter = 'a' + ++rounds % 26;
    }
}

__attribute__((section(".vectors"), used)) static void (*const vectors[2])(void) = { (void (*)(void))0x20005000, start };
