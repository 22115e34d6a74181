namespace SharpProbe.Sim.Chips;

/// <summary>
/// SYSCFG of STM32H742, H743/753 and H750 (RM0433 chapter 12). PWRCR.ODEN is reported through <see cref="Overdrive"/>: VOS0 is the PWR model's business.
/// The user registers UR0 to UR17 mirror option bytes and come from whoever models the flash.
/// </summary>
public sealed class SyscfgH7 : Syscfg
{
    /// <summary>Bits of the user registers (RM0433, SYSCFG_UR0 to UR17).</summary>
    private static readonly (int Number, uint Mask)[] UserRegisters =
    [
        (0, 0x00FF_0001), (2, 0xFFFF_0003), (3, 0xFFFF_0000), (4, 0x0001_0000), (5, 0x00FF_0001), (6, 0x0FFF_0FFF), (7, 0x0FFF_0FFF),
        (8, 0x0001_0001), (9, 0x0FFF_00FF), (10, 0x0FFF_0FFF), (11, 0x0001_0FFF), (12, 0x0001_0000), (13, 0x0001_0003), (14, 1),
        (15, 0x0001_0000), (16, 0x0001_0001), (17, 1),
    ];

    private readonly Register _pwrcr, _cccsr;

    /// <param name="package">PKGR: 0 LQFP100, 2 TQFP144, 5 TQFP176/UFBGA176, 8 LQFP208/TFBGA240 (RM0433, SYSCFG_PKGR).</param>
    /// <param name="userRegister">Value of URn.</param>
    public SyscfgH7(uint package, Func<int, uint> userRegister) : base('K')
    {
        const uint pmcr = 0x0FE0_03FF;
        // The analog switches of PA0, PA1, PC2 and PC3 (PxySO) join pads that only the largest package has apart.
        Add(new()
        {
            Name = "PMCR", Offset = 0x04, ReadMask = pmcr, WriteMask = pmcr, Widths = 7,
            Unmodelled = [new("BOOSTE", 1u << 8), new("BOOSTVDDSEL", 1u << 9), new("EPIS", 7u << 21)],
        });
        _cccsr = Add(new()
        {
            Name = "CCCSR", Offset = 0x20, ReadMask = 0x1_0103, WriteMask = 0x1_0003, Widths = 7,
            Unmodelled = [new("HSLV", 1u << 16)],
            OnRead = () => _cccsr!.Value & ~0x100u | (_cccsr[0] ? 0x100u : 0),
        });
        Add(new() { Name = "CCVR", Offset = 0x24, ReadMask = 0xFF, WriteMask = 0, Widths = 7 });
        Add(new() { Name = "CCCR", Offset = 0x28, ReadMask = 0xFF, WriteMask = 0xFF, Widths = 7 });
        _pwrcr = Add(new() { Name = "PWRCR", Offset = 0x2C, ReadMask = 1, WriteMask = 1, Widths = 7, OnWrite = (_, _) => OverdriveChanged?.Invoke() });
        Add(new() { Name = "PKGR", Offset = 0x124, ReadMask = 0xF, WriteMask = 0, OnRead = () => package, Widths = 7 });
        foreach (var (i, mask) in UserRegisters)
        {
            int n = i;
            Add(new() { Name = $"UR{n}", Offset = 0x300u + 4 * (uint)n, ReadMask = mask, WriteMask = 0, OnRead = () => userRegister(n), Widths = 7 });
        }
    }

    /// <summary>PWRCR.ODEN: asks for VOS0, for which PWR must be at VOS1.</summary>
    public bool Overdrive => _pwrcr[0];

    public event Action? OverdriveChanged;
}
