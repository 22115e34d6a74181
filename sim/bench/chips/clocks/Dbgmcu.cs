namespace SharpProbe.Sim.Chips.Clocks;

/// <summary>Debug support: device identification, and bits that let blocks stop with the core (kept without effect). A power-on reset alone resets it.</summary>
public sealed class Dbgmcu : Peripheral
{
    /// <param name="name">"DBG" or "DBGMCU", as the vendor's register file has it.</param>
    /// <param name="registers">Identification first.</param>
    private Dbgmcu(string name, params Register[] registers) : base(name)
    {
        foreach (var register in registers) Add(register);
    }

    /// <summary>RM0431 chapter "Debug support": DEV_ID 0x452, revision A.</summary>
    public static Dbgmcu F7() => new("DBG",
        Constant("DBGMCU_IDCODE", 0x1000_0452),
        Kept("DBGMCU_CR", 0x04, 0xE7), Kept("DBGMCU_APB1_FZ", 0x08, 0x06E0_19FF), Kept("DBGMCU_APB2_FZ", 0x0C, 0x0007_0003));

    /// <summary>RM0433 chapter "Debug infrastructure": DEV_ID 0x450, revision Y.</summary>
    public static Dbgmcu H7() => new("DBGMCU",
        Constant("IDC", 0x1003_6450),
        Kept("CR", 0x04, 0x1070_01BF), Kept("APB3FZ1", 0x34, 0x40), Kept("APB1LFZ1", 0x3C, 0x00E0_03FF), Kept("APB2FZ1", 0x4C, 0x2007_0003), Kept("APB4FZ1", 0x54, 0x0005_1E80));

    /// <summary>RM0433, RM0468, RM0455 chapter "Debug infrastructure", as a debugger has it.</summary>
    public static Dbgmcu H7(uint idcode) => new("DBGMCU", Fixed("IDC", idcode),
        Kept("CR", 0x04, 0x1070_01BF), Kept("APB3FZ1", 0x34, 0x40), Kept("APB1LFZ1", 0x3C, 0x00E0_0BFF), Kept("APB2FZ1", 0x4C, 0x2007_0003), Kept("APB4FZ1", 0x54, 0x000D_1E80));

    /// <summary>RM0090 38.16, RM0402 30.16.</summary>
    public static Dbgmcu F4(uint idcode) => Told("DBG", "DBGMCU_CR",
        Fixed("DBGMCU_IDCODE", idcode), Kept("DBGMCU_APB1_FZ", 0x08, 0x07E0_1DFF), Kept("DBGMCU_APB2_FZ", 0x0C, 0x0007_0003));

    /// <summary>RM0351 48.16.</summary>
    public static Dbgmcu L4(uint idcode) => Told("DBGMCU", "CR",
        Fixed("IDCODE", idcode), Kept("APB1_FZR1", 0x08, 0x86E0_1C3F), Kept("APB1_FZR2", 0x0C, 0x22), Kept("APB2_FZR", 0x10, 0x0007_2800));

    /// <summary>RM0434 41.8, RM0453 38.12: the first core's freeze registers.</summary>
    public static Dbgmcu Wb(uint idcode) => new("DBGMCU", Fixed("IDCODE", idcode), Kept("CR", 0x04, 0x0000_0027), Kept("APB1FZR1", 0x3C, 0x80A0_1C01), Kept("APB1FZR2", 0x44, 0x20), Kept("APB2FZR", 0x4C, 0x0006_0800));

    /// <summary>RM0438 52.11, RM0456 75.12: IDCODE, CR and the first freeze register, which all of these parts have.</summary>
    public static Dbgmcu L5(uint idcode) => new("DBGMCU", Fixed("IDCODE", idcode), Kept("CR", 0x04, 0xF6), Kept("APB1LFZR", 0x08, 0x80E0_1C3F));

    /// <summary>RM0444 40.10.</summary>
    public static Dbgmcu G0(uint idcode) => new("DBG", Fixed("IDCODE", idcode), Kept("CR", 0x04, 0x6), Kept("APB_FZ1", 0x08, 0xC020_1C33), Kept("APB_FZ2", 0x0C, 0x0007_8800));

    /// <summary>RM0481 59.12.</summary>
    public static Dbgmcu H5(uint idcode) => new("DBG", Fixed("IDCODE", idcode), Kept("CR", 0x04, 0x16), Kept("APB1LFZR", 0x08, 0x00E0_1BFF), Kept("APB1HFZR", 0x0C, 0x20), Kept("APB2FZR", 0x10, 0x0007_2800), Kept("APB3FZR", 0x14, 0x4003_FC00));

    /// <summary>RM0091 32.9.</summary>
    public static Dbgmcu F0(uint idcode) => new("DBG", Fixed("IDCODE", idcode), Kept("CR", 0x04, 0x6), Kept("APB1_FZ", 0x08, 0x0220_1D13), Kept("APB2_FZ", 0x0C, 0x0007_0800));

    /// <summary>RM0376 27.9.3.</summary>
    public static Dbgmcu L0(uint idcode) => new("DBG", Fixed("IDCODE", idcode), Kept("CR", 0x04, 0x7), Kept("APB1_FZ", 0x08, 0x8160_1C13), Kept("APB2_FZ", 0x0C, 0x24));

    /// <summary>RM0008 31.6.3 and 31.16.3. ES0340: only a debugger can read them; software reads zero.</summary>
    public static Dbgmcu F1(uint idcode, Func<bool> byDebugger)
    {
        Register? cr = null;
        Dbgmcu? block = null;
        cr = new() { Name = "DBGMCU_CR", Offset = 0x04, ReadMask = 0x001F_FFE7, WriteMask = 0x001F_FFE7, Widths = 7, OnRead = () => byDebugger() ? cr!.Value : 0, OnWrite = (_, _) => block!.Changed?.Invoke() };
        return block = new("DBG", new Register { Name = "DBGMCU_IDCODE", Offset = 0, WriteMask = 0, Widths = 7, OnRead = () => byDebugger() ? idcode : 0, OnWrite = (_, _) => { } }, cr);
    }

    /// <summary>DBG_SLEEP, bit 0 of the control register: the bus clock runs on while the core sleeps.</summary>
    public uint Control => Registers.First(r => r.Offset == 4).Value;

    /// <summary>Raised when <see cref="Control"/> was written.</summary>
    public event Action? Changed;

    /// <summary>A power-on reset.</summary>
    public void ResetDebug()
    {
        base.Reset();
        Changed?.Invoke();
    }

    public override void Reset() { }

    /// <summary>With a control register whose writes raise <see cref="Changed"/>.</summary>
    private static Dbgmcu Told(string name, string control, params Register[] others)
    {
        Dbgmcu? block = null;
        var cr = new Register { Name = control, Offset = 0x04, ReadMask = 0xE7, WriteMask = 0xE7, Widths = 7, OnWrite = (_, _) => block!.Changed?.Invoke() };
        return block = new(name, [.. others, cr]);
    }

    private static Register Constant(string name, uint value) => new() { Name = name, Offset = 0, Reset = value, WriteMask = 0, Widths = 7 };

    /// <summary>Read only for a debugger too, who may try.</summary>
    private static Register Fixed(string name, uint value) => new() { Name = name, Offset = 0, WriteMask = 0, Widths = 7, OnRead = () => value, OnWrite = (_, _) => { } };

    private static Register Kept(string name, uint offset, uint mask) => new() { Name = name, Offset = offset, ReadMask = mask, WriteMask = mask, Widths = 7 };
}
