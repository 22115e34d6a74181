namespace SharpProbe.Sim.Chips.Lpc;

/// <summary>Configuration registers of the LPC43xx (UM10503 11, SVD): what is at address 0, the part's number, flash accelerators (kept).</summary>
public sealed class CregLpc43 : Peripheral
{
    private readonly Register _map;

    public CregLpc43() : base("CREG")
    {
        _map = Add(new() { Name = "M4MEMMAP", Offset = 0x100, Reset = 0x1040_0000, WriteMask = 0xFFFF_F000, Widths = 7, OnWrite = (_, _) => MapChanged?.Invoke(_map!.Value) });
        Add(new() { Name = "FLASHCFGA", Offset = 0x120, Reset = 0x8000_F03A, WriteMask = 0x8000_F000, Widths = 7 });
        Add(new() { Name = "FLASHCFGB", Offset = 0x124, Reset = 0x8000_F03A, WriteMask = 0x8000_F000, Widths = 7 });
        Add(new() { Name = "CHIPID", Offset = 0x200, Reset = 0x4906_002B, WriteMask = 0, Widths = 7, OnWrite = (_, _) => { } });
    }

    public event Action<uint>? MapChanged;
}
