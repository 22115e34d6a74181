namespace SharpProbe.Sim.Chips.F4;

/// <summary>Power control of the STM32F40x and F412 (RM0090 5.4): the voltage scale, ready at once. Stop, Standby and the voltage detector are not modelled.</summary>
public sealed class PwrF4 : Peripheral
{
    private readonly Register _cr, _csr;

    /// <param name="scales">Bits of CR.VOS: 1 on the F40x, 2 on the F412.</param>
    public PwrF4(int scales) : base("PWR")
    {
        uint vos = scales == 1 ? 1u << 14 : 3u << 14;
        _cr = Add(new() { Name = "CR", Offset = 0x00, Reset = scales == 1 ? 1u << 14 : 2u << 14, ReadMask = 0x3FF | vos, WriteMask = 0x3F3 | vos, Widths = 7, Unmodelled = [new("PVDE", 1 << 4), new("PDDS", 2)], OnWrite = (_, _) => Changed?.Invoke() });
        _csr = Add(new() { Name = "CSR", Offset = 0x04, ReadMask = 0x430F, WriteMask = 0x300, Widths = 7, OnRead = () => _csr!.Value | 1 << 14, Unmodelled = [new("EWUP", 1 << 8)] });
    }

    /// <summary>VOS changed.</summary>
    public event Action? Changed;

    /// <summary>CR.VOS.</summary>
    public uint Scale => _cr.Field(14, 2);
}
