using System.Threading;

namespace SharpProbe.Hal;

/// <summary>
/// The Synopsys OTG core's registers in device mode (RM0431 chapter 32, RM0433 chapter 57), by their offsets: 32 bits only, so whatever masks a value must not let the compiler
/// narrow the load (see <see cref="Mmio"/>).
/// </summary>
readonly unsafe struct OtgBlock(uint address)
{
    public const uint GOTGCTL = 0x000, GAHBCFG = 0x008, GUSBCFG = 0x00C, GRSTCTL = 0x010, GINTSTS = 0x014, GINTMSK = 0x018, GRXSTSP = 0x020, GRXFSIZ = 0x024, DIEPTXF0 = 0x028, GCCFG = 0x038,
        DIEPTXF = 0x100, DCFG = 0x800, DCTL = 0x804, DSTS = 0x808, DIEPMSK = 0x810, DOEPMSK = 0x814, DAINT = 0x818, DAINTMSK = 0x81C, PCGCCTL = 0xE00;

    private const uint InBase = 0x900, OutBase = 0xB00, EndpointStep = 0x20, FifoBase = 0x1000, FifoStep = 0x1000;

    public uint this[uint offset]
    {
        get => Volatile.Read(ref *(uint*)(address + offset));
        set => Volatile.Write(ref *(uint*)(address + offset), value);
    }

    /// <summary>Offset of DIEPCTLx; DIEPINTx is 8 further, DIEPTSIZx 0x10, DTXFSTSx 0x18.</summary>
    public static uint In(int endpoint) => InBase + EndpointStep * (uint)endpoint;

    /// <summary>Offset of DOEPCTLx; DOEPINTx is 8 further, DOEPTSIZx 0x10.</summary>
    public static uint Out(int endpoint) => OutBase + EndpointStep * (uint)endpoint;

    /// <summary>Window of a transmit FIFO; reading the first one takes from the receive FIFO.</summary>
    public uint* Fifo(int endpoint) => (uint*)(address + FifoBase + FifoStep * (uint)endpoint);
}
