using SharpProbe.Sim;
using SharpProbe.Sim.Boards;

namespace SharpProbe.Tests.Clocks;

/// <summary>A DevEBox H743 with erased flash, its registers driven from outside; the core is locked up and time passes.</summary>
internal sealed class H7(Board? board = null)
{
    public const uint Rcc = 0x5802_4400, Pwr = 0x5802_4800, Flash = 0x5200_2000, Array = 0x0800_0000, Bank2 = 0x0810_0000;

    public Machine Machine { get; } = new(board ?? DeveboxH743.Board);

    public uint this[uint address]
    {
        get => Machine.Bus.Read(address, 4);
        set => Machine.Bus.Write(address, value, 4);
    }

    public void Wait(ulong microseconds) => Assert.True(Machine.RunFor(microseconds * (TimeBase.Second / 1_000_000)), Machine.Stopped?.ToString());

    /// <summary>LDO, then voltage scale 1.</summary>
    public void Supply()
    {
        this[Pwr + 0x0C] = 2;
        this[Pwr + 0x18] = 3 << 14;
        Wait(100);
    }

    /// <summary>HSE, PLL1: 25 MHz / 5 * 160 / 2 = 400 MHz, Q = 16: 50 MHz. Not switched yet.</summary>
    public void PreparePll()
    {
        this[Rcc] |= 1 << 16;
        Wait(3000);
        this[Rcc + 0x28] = 2 | 5 << 4 | 32 << 12 | 32 << 20;
        this[Rcc + 0x2C] = 0x01FF_0000 | 2 << 2;
        this[Rcc + 0x30] = 159 | 1 << 9 | 15 << 16 | 1 << 24;
        this[Rcc] |= 1 << 24;
        Wait(200);
    }

    /// <summary>HCLK by 2, all APB by 2, system clock from PLL1.</summary>
    public void SwitchToPll()
    {
        this[Rcc + 0x18] = 8 | 4 << 4;
        this[Rcc + 0x1C] = 4 << 4 | 4 << 8;
        this[Rcc + 0x20] = 4 << 4;
        this[Rcc + 0x10] = 3;
    }

    public void Unlock(int bank = 1)
    {
        uint keyr = Flash + 4 + (bank == 1 ? 0u : 0x100);
        (this[keyr], this[keyr]) = (0x4567_0123, 0xCDEF_89AB);
    }
}
