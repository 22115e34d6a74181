using SharpProbe.Adi;
using SharpProbe.Io;
using SharpProbe.Target;
using SharpProbe.Target.Cortex;

namespace SharpProbe.Tests.Debugging;

/// <summary>Memory with the debug registers of a core that only halts and runs: for cores that the bench has none of. Every write is recorded.</summary>
sealed class FakeCore : AccessPort
{
    private const uint Dhcsr = 0xE000_EDF0, Dcrsr = 0xE000_EDF4, Dcrdr = 0xE000_EDF8, Cpacr = 0xE000_ED88;

    private readonly Dictionary<uint, byte> _bytes = [];
    private uint _dcrdr;

    public FakeCore(uint cpuid)
    {
        this[0xE000_ED00] = cpuid;
        Session = new ProbeSession(new FakeAccess(this), new FakeClock(), new FakeBackground());
    }

    public ProbeSession Session { get; }

    public CortexM Core => (CortexM)Session[0];

    public string Monitor(string line) => MonitorLine.Run(Session, line);

    public Dictionary<int, uint> Registers { get; } = [];

    public List<(uint Address, uint Value)> Writes { get; } = [];

    public bool Halted { get; set; }

    public bool HasFpu { get; init; }

    /// <summary>Bits that a register keeps of what is written.</summary>
    public Dictionary<uint, uint> Keeps { get; } = [];

    public uint IdrIs { get; init; } = 0x2477_0011;
    public uint DpIdrIs { get; init; } = 0x2BA0_1477;
    public uint TargetIdIs { get; init; }
    public ushort DesignerIs { get; init; } = 0x43;
    public ushort PartIs { get; init; } = 0x123;

    public HashSet<uint> Unreadable { get; } = [];

    public uint this[uint address]
    {
        get => BitConverter.ToUInt32([.. Enumerable.Range(0, 4).Select(i => _bytes.GetValueOrDefault(address + (uint)i))]);
        set
        {
            for (int i = 0; i < 4; i++) _bytes[address + (uint)i] = (byte)(value >> i * 8);
        }
    }

    public FakeCore Attached()
    {
        BenchTarget.Succeeds(Session.Scan(0));
        BenchTarget.Succeeds(Session.Attach(0));
        Writes.Clear();
        return this;
    }

    public override uint Index => 0;
    public override uint Idr => IdrIs;
    public override uint Base => 0xE00F_F003;
    public override ushort Designer => DesignerIs;
    public override ushort Part => PartIs;
    public override uint DpIdr => DpIdrIs;
    public override uint TargetId => TargetIdIs;

    public override DebugFault Read32(uint address, out uint value)
    {
        value = address switch
        {
            Dhcsr => 1u << 16 | (Halted ? 1u << 17 : 0) | 1,
            Dcrdr => _dcrdr,
            _ => this[address],
        };
        return Unreadable.Contains(address) ? new DebugFault(FaultKind.BusError, address) : DebugFault.None;
    }

    public override DebugFault Write32(uint address, uint value)
    {
        Writes.Add((address, value));
        switch (address)
        {
            case Dhcsr: Halted = (value & 2) != 0; break;
            case Dcrdr: _dcrdr = value; break;
            case Dcrsr when (value & 1 << 16) != 0: Registers[(int)(value & 0x7F)] = _dcrdr; break;
            case Dcrsr: _dcrdr = Registers.GetValueOrDefault((int)value); break;
            case Cpacr: this[address] = HasFpu ? value : 0; break;
            default: this[address] = value & Keeps.GetValueOrDefault(address, uint.MaxValue); break;
        }
        return DebugFault.None;
    }

    public override DebugFault Read(uint address, Span<byte> data)
    {
        for (int i = 0; i < data.Length; i++) data[i] = _bytes.GetValueOrDefault(address + (uint)i);
        return DebugFault.None;
    }

    public override DebugFault Write(uint address, ReadOnlySpan<byte> data)
    {
        for (int i = 0; i < data.Length; i++) _bytes[address + (uint)i] = data[i];
        return DebugFault.None;
    }

    public override DebugFault WriteHalfwords(uint address, ReadOnlySpan<byte> data) => Write(address, data);
    public override DebugFault ReadSized(uint address, Span<byte> data, int width) => Read(address, data);
    public override DebugFault WriteSized(uint address, ReadOnlySpan<byte> data, int width) => Write(address, data);
    public override DebugFault Flush() => DebugFault.None;

    private sealed class FakeClock : Clock
    {
        private uint _microseconds;
        public override uint Microseconds => _microseconds += 10;
        public override uint Milliseconds => Microseconds / 1000;
    }

    private sealed class FakeBackground : Background
    {
        public override void Run() { }
    }

    private sealed class FakeAccess(FakeCore core) : DebugAccess
    {
        public override int PortCount => 1;
        public override AccessPort Port(int index) => core;
        public override DebugFault Scan(uint targetSel) => DebugFault.None;
        public override DebugFault Reconnect() => DebugFault.None;
        public override void Describe(TextOutput text) { }
        public override uint Frequency { get; set; }
        public override uint MaxFrequency => 1;
        public override bool TakeSlowedDown() => false;
        public override bool HoldReset { get; set; }
        public override bool InReset => false;
        public override int TargetMillivolts => -1;
        public override bool HasPowerSwitch => false;
        public override bool PowerOn { get; set; }
    }
}
