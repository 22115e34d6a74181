namespace SharpProbe.Sim.Chips.Usb;

/// <summary>What distinguishes the OTG controllers of the chips; one Synopsys core of release 3.30a otherwise (RM0431 and RM0433, chapters "OTG").</summary>
/// <param name="Name">The manual's name of the block.</param>
/// <param name="Signals">Prefix of its lines in the datasheet: "USB_OTG_FS".</param>
/// <param name="Irq">Global interrupt in the vector table.</param>
/// <param name="Endpoints">Endpoints in each direction, endpoint 0 included.</param>
/// <param name="FifoWords">Words of data FIFO that may be shared out. 4 KB less what the core keeps for itself with a high-speed core (its GHWCFG3), 1.25 KB with the F7's full-speed core.</param>
/// <param name="Product">Reset value of CID.</param>
/// <param name="Configuration">Reset value of GUSBCFG: PHYSEL is fixed at one where there is a full-speed transceiver alone.</param>
/// <param name="HighSpeedCore">Has the registers of high speed and of DMA.</param>
public sealed record OtgInstance(string Name, string Signals, int Irq, int Endpoints, int FifoWords, uint Product, uint Configuration, bool HighSpeedCore)
{
    public static OtgInstance F7Fs { get; } = new("OTG_FS", "USB_OTG_FS", 67, 6, 320, 0x3000, 0x1440, HighSpeedCore: false);
    public static OtgInstance F7Hs { get; } = new("OTG_HS", "USB_OTG_HS", 77, 9, 1006, 0x3100, 0x1400, HighSpeedCore: true);
    public static OtgInstance H7Otg1 { get; } = new("OTG1_HS", "USB_OTG_HS", 77, 9, 952, 0x2300, 0x1400, HighSpeedCore: true);
    public static OtgInstance H7Otg2 { get; } = new("OTG2_HS", "USB_OTG_FS", 101, 9, 952, 0x2300, 0x1440, HighSpeedCore: true);
}
