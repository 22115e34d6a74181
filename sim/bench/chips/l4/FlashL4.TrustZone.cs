namespace SharpProbe.Sim.Chips.L4;

/// <summary>TrustZone (RM0438 6.5): pages are secure by a watermark of each bank, which is an option, or by a bit in SECBBxRy, which a reset clears. Each side programs and erases its own.</summary>
public sealed partial class FlashL4
{
    private readonly uint[] _blocks = new uint[8];

    /// <summary>The access under way is not secure.</summary>
    public bool NonSecureAccess { get; set; }

    /// <summary>Whether the page at an offset is the secure side's.</summary>
    public bool IsTrusted(uint offset)
    {
        if (_secure is null) return false;
        uint page = offset % _bankSize / _pageSize, bank = offset / _bankSize, area = Option(bank == 0 ? "SECWM1R1" : "SECWM2R1");
        return page >= (area & 0x7F) && page <= (area >> 16 & 0x7F) || (_blocks[bank * 4 + page / 32] >> (int)(page % 32) & 1) != 0;
    }

    /// <summary>Offsets of registers that only the secure side can touch.</summary>
    public static bool IsSecureRegister(uint offset) => offset is 0x0C or 0x24 or 0x2C or 0x4C or 0x50 or 0x54 or 0x60 or 0x64 or >= 0x80 and < 0xC0;

    /// <summary>The side whose operation it is has no say there.</summary>
    private bool IsOthers(uint offset) => _secure is not null && IsTrusted(offset) != (_side == _secure);

    private void AddSecureBlocks()
    {
        for (int i = 0; i < 8; i++)
        {
            int n = i;
            Add(new() { Name = $"SECBB{i / 4 + 1}R{i % 4 + 1}", Offset = (uint)(0x80 + i / 4 * 0x20 + i % 4 * 4), Widths = 7, OnRead = () => _blocks[n], OnWrite = (_, written) => _blocks[n] = written });
            Add(new() { Name = $"reserved {i}", Offset = (uint)(0x90 + i / 4 * 0x20 + i % 4 * 4), ReadMask = 0, WriteMask = 0, Widths = 7, OnWrite = (_, _) => { } });
        }
    }
}
