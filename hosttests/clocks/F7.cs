using SharpProbe.Sim;
using SharpProbe.Sim.Boards;

namespace SharpProbe.Tests.Clocks;

/// <summary>An ST-LINK/V3 mini with erased flash, its registers driven from outside; the core is locked up and time passes.</summary>
internal sealed class F7
{
    public const uint Rcc = 0x4002_3800, Pwr = 0x4000_7000, Flash = 0x4002_3C00, Array = 0x0800_0000;
    public const uint Millisecond = 1000;

    public Machine Machine { get; } = new(StLinkV3Mini.Board);

    public uint this[uint address]
    {
        get => Machine.Bus.Read(address, 4);
        set => Machine.Bus.Write(address, value, 4);
    }

    public void Wait(ulong microseconds) => Assert.True(Machine.RunFor(microseconds * (TimeBase.Second / 1_000_000)), Machine.Stopped?.ToString());

    /// <summary>HSE on, PLL to 216 MHz, over-drive if wanted; not switched yet.</summary>
    public void PreparePll(bool overDrive = true)
    {
        this[Rcc + 0x40] = 1u << 28;                // PWREN
        this[Rcc] |= 1u << 16 | 1u << 18;           // HSE in bypass
        Wait(10);
        this[Rcc + 4] = 25 | 432 << 6 | 0 << 16 | 1 << 22 | 9 << 24;
        this[Rcc] |= 1 << 24;
        if (overDrive)
        {
            this[Pwr] |= 1 << 16;
            Wait(100);
            this[Pwr] |= 1 << 17;
        }
        Wait(Millisecond);
    }

    /// <summary>APB1 by 4, APB2 by 2, system clock from the PLL.</summary>
    public void SwitchToPll() => this[Rcc + 8] = 2 | 5 << 10 | 4 << 13;

    public void Unlock() => (this[Flash + 4], this[Flash + 4]) = (0x4567_0123, 0xCDEF_89AB);
}
