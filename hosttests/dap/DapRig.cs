using SharpProbe.Dap;
using SharpProbe.Io;
using SharpProbe.Sim.Adi;
using SharpProbe.Tests.Adi;
using SharpProbe.Tests.Wire;

namespace SharpProbe.Tests.Dap;

/// <summary>The engine on two wires, with the debug port of an STM32F103 and some memory at their other end.</summary>
sealed class DapRig
{
    public const int PacketSize = 64;

    public DapRig()
    {
        Rig = new(Port, chain: Chain);
        Turns = new(Rig);
        Engine = new(Rig.Wire, SharpProbe.Wire.WireUser.DapBulk, new StepClock(this), Turns, new("Vendor"u8.ToArray(), "SharpProbe CMSIS-DAP"u8.ToArray(), "0123"u8.ToArray(), "1.2.3"u8.ToArray()), Rig.Jtag) { PacketCount = 8, Uart = new(Line), Swo = new(new(Trace), SharpProbe.Wire.WireUser.DapBulk, mayStream: false) };
    }

    /// <summary>The port that the model has at its wires too.</summary>
    public static SwDp Port(MemAp ap) => new(0x1BA0_1477, ap) { PowerUpDelay = 0 };

    /// <summary>As an STM32F103's.</summary>
    public static JtagChain Chain(SwDp dp) => new(new PlainTap("boundary scan", 5, 0x1641_0041), new JtagDp("Cortex-M3", 0x3BA0_0477, dp));

    public WireRig Rig { get; }
    public EchoLine Line { get; } = new();
    public SuddenTrace Trace { get; } = new();
    public DapEngine Engine { get; }
    public RigTurns Turns { get; }
    /// <summary>µs that pass at each look at the clock.</summary>
    public uint ClockStep { get; set; } = 50;

    public RamBus Bus => Rig.Bus;
    public SwdFaults Faults => Rig.Faults;

    /// <summary>Runs a request in a packet full of old bytes; what lies behind the response must stay as it was.</summary>
    public byte[] Ask(ReadOnlySpan<byte> request, int size = PacketSize)
    {
        var packet = new byte[size];
        Array.Fill(packet, (byte)0xA5);
        int length = Engine.Answer(request, packet);
        Assert.InRange(length, 0, size);
        Assert.All(packet[length..], b => Assert.Equal(0xA5, b));
        return packet[..length];
    }

    public byte[] Ask(params byte[] request) => Ask(request.AsSpan());

    /// <summary>SWD chosen, powered up, AP 0 bank 0 selected, CSW for words that increment.</summary>
    public DapRig Connected()
    {
        Assert.Equal([2, 1], Ask(2, 1));
        Assert.Equal([0x12, 0], Ask([0x12, 136, .. Ones(7), 0x9E, 0xE7, .. Ones(7), 0]));
        Expect([5, 3, 1], [5, 0, 3, 0x02, 0x08, .. Word(0), 0x04, .. Word(0x5000_0000)]);
        Expect([5, 1, 1], [5, 0, 1, 0x01, .. Word(0x2300_0052)]);
        Rig.Port.Log.Clear();
        return this;
    }

    private void Expect(byte[] start, byte[] request) => Assert.Equal(start, Ask(request)[..start.Length]);

    public void Tar(uint address) => Expect([5, 1, 1], [5, 0, 1, 0x05, .. Word(address)]);

    public string Transfers => Rig.Transfers;

    public static byte[] Word(uint value) => BitConverter.GetBytes(value);

    private static byte[] Ones(int count) => Enumerable.Repeat((byte)0xFF, count).ToArray();

    /// <summary>Moves when it is looked at.</summary>
    private sealed class StepClock(DapRig dap) : Clock
    {
        public override uint Microseconds
        {
            get
            {
                dap.Rig.Pass(WireRig.Hertz / 1_000_000 * dap.ClockStep);
                return (uint)(dap.Rig.Time.Cycles / (WireRig.Hertz / 1_000_000));
            }
        }

        public override uint Milliseconds => Microseconds / 1000;
    }

    /// <summary>Counts the turns that the rest of the probe has, and how long it waits for the next.</summary>
    public sealed class RigTurns(WireRig rig) : Background
    {
        private ulong _last;

        public int Count { get; private set; }

        /// <summary>Done at a turn, given its number.</summary>
        public Action<int>? Turn { get; set; }

        /// <summary>Longest time between two turns, in cycles.</summary>
        public ulong Longest { get; private set; }

        public void Begin() => (Count, _last, Longest) = (0, rig.Time.Cycles, 0);

        public override void Run()
        {
            Longest = Math.Max(Longest, rig.Time.Cycles - _last);
            _last = rig.Time.Cycles;
            Count++;
            Turn?.Invoke(Count);
        }
    }
}
