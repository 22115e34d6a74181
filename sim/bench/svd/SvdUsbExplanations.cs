namespace SharpProbe.Sim.Svd;

/// <summary>
/// Differences of the USB controllers that were looked up. The files describe an older release of the core for every chip, list registers at wrong offsets and
/// give no masks for set and clear bits; the manuals' chapters "USB on-the-go" decide.
/// </summary>
internal static class SvdUsbExplanations
{
    public static IReadOnlyList<SvdExplanation> All { get; } =
    [
        new("STM32", "OTG*.OTG_?S_H*", "missing", "host mode is not modelled: touching its registers stops the bench"),
        new("STM32", "OTG*.OTG_?S_GNPTXSTS", "missing", "host mode is not modelled: touching its registers stops the bench"),
        new("STM32", "OTG*.OTG_?S_GLPMCFG", "missing", "link power management is not modelled: touching it stops the bench"),
        new("STM32", "OTG*.OTG_?S_GI2CCTL", "missing", "RM0431, OTG register map: the core has no I2C interface"),
        new("STM32F7", "OTG_HS.OTG_HS_D?EPDMA*", "missing", "RM0431, OTG_HS: nine endpoints in each direction"),
        new("STM32", "OTG*.D?EPDMA*", "name extra", "DIEPDMAx at 0x914 + 0x20 x, DOEPDMAx at 0xB14 + 0x20 x; the H7's files count the first ones from 1 and leave the rest out"),
        new("STM32H7", "OTG*.OTG_HS_D*", "missing", "RM0433, DIEPTXFx at 0x104 + 4 (x - 1), DIEPTSIZx and DTXFSTSx 0x20 apart: the file has some elsewhere"),
        new("STM32H7", "OTG*.DI*", "name extra", "RM0433, DIEPTXFx at 0x104 + 4 (x - 1), and nine endpoints with all their registers 0x20 apart"),
        new("STM32H7", "OTG*.DTXFSTS*", "extra", "RM0433, OTG_HS: nine endpoints in each direction"),
        new("STM32", "OTG*.D*8", "extra", "RM0431 and RM0433, OTG_HS: nine endpoints in each direction"),
        new("STM32H7", "OTG*.DO*", "extra", "RM0433, OTG_HS: nine endpoints in each direction"),
        new("STM32", "OTG*.GSNPSID", "extra", "release number of the Synopsys core; ST leaves it out"),
        new("STM32", "OTG*.PCGCCTL", "name write", "RM0431 and RM0433, OTG_PCGCCTL: PHYSUSP is read only"),
        new("STM32", "OTG*.GOTGCTL", "reset read write", "RM0431 and RM0433, OTG_GOTGCTL: override bits 7:2, CURMOD; B-device after reset"),
        new("STM32", "OTG*.GUSBCFG", "reset read write", "RM0431 and RM0433, OTG_GUSBCFG: 0x0000_1440 where the full-speed transceiver is the only one and PHYSEL is read only, else 0x0000_1400; bit 4 chooses UTMI or ULPI"),
        new("STM32", "OTG*.GRSTCTL", "reset write", "RM0431 and RM0433, OTG_GRSTCTL: AHBIDL is bit 31; FCRST is of host mode"),
        new("STM32", "OTG*.GINTSTS", "read write", "RM0431 and RM0433, OTG_GINTSTS: RSTDET and LPMINT, as GINTMSK has them"),
        new("STM32", "OTG*.GINTMSK", "read write", "RM0431 and RM0433, OTG_GINTMSK: PRTIM and HCIM can be read only in device mode"),
        new("STM32F7", "OTG_FS.GRXSTSP", "reset", "RM0431, OTG_GRXSTSP: 0x0000_0000"),
        new("STM32", "OTG*.GCCFG", "read write", "RM0431 and RM0433, OTG_GCCFG: detection results are read only; PHYHSEN in bit 23"),
        new("STM32", "OTG*.CID", "reset", "product number of this chip's core: TinyUSB's collection of register dumps"),
        new("STM32", "OTG*.DIEPTXF*", "reset", "RM0431 and RM0433, OTG_DIEPTXF0 and OTG_DIEPTXFx: 0x0200_0200 + 0x200 x"),
        new("STM32", "OTG*.DCFG", "read write", "RM0431 and RM0433, OTG_DCFG: XCVRDLY, ERRATIM; the reset value's reserved ones read back"),
        new("STM32", "OTG*.DCTL", "reset read write", "RM0431 and RM0433, OTG_DCTL: 0x0000_0002, disconnected after reset; bits 10:7 are write only; DSBESLRJCT in bit 18"),
        new("STM32", "OTG*.DSTS", "read", "RM0431 and RM0433, OTG_DSTS: DEVLNSTS; bit 4 is a reserved one of the reset value"),
        new("STM32", "OTG*.D?EPMSK", "read write", "RM0431 and RM0433, OTG_DIEPMSK and OTG_DOEPMSK: more causes than the file's release of the core"),
        new("STM32", "OTG*.DAINT*", "read write", "RM0431 and RM0433, OTG_DAINTMSK"),
        new("STM32", "OTG*.DEACHINT", "write", "RM0431 and RM0433, OTG_DEACHINT: it shows what DIEPINT1 and DOEPINT1 hold"),
        new("STM32", "OTG*.D?EPCTL*", "reset read write", "RM0431 and RM0433, OTG_DIEPCTLx and OTG_DOEPCTLx: USBAEP of endpoint 0 is always set; command bits act once and are not kept; SNPM is not modelled"),
        new("STM32", "OTG*.D?EPINT*", "reset read write", "RM0431 and RM0433, OTG_DIEPINTx and OTG_DOEPINTx: more causes than the file's release of the core; TXFE alone is set after reset"),
        new("STM32", "OTG*.DTXFSTS*", "reset write", "RM0431 and RM0433, OTG_DTXFSTSx: free words, read only, 0x200 after reset"),
        new("STM32", "OTG*.D?EPTSIZ*", "read write", "RM0431 and RM0433, OTG_DIEPTSIZx and OTG_DOEPTSIZx"),
    ];
}
