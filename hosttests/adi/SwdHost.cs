using System.Numerics;
using SharpProbe.Sim;
using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Pins;

namespace SharpProbe.Tests.Adi;

/// <summary>A plain SWD host that moves two wires bit by bit: changes SWDIO at the falling edge, samples it before the rising one.</summary>
sealed class SwdHost
{
    private readonly TimeBase _time;
    private readonly NetDriver _clock, _data;

    public NetDriver Swclk => _clock;
    public NetDriver Swdio => _data;

    public SwdHost(TimeBase time, Net swclk, Net swdio)
    {
        _time = time;
        _clock = swclk.Attach("host.SWCLK", Drive.Low);
        _data = swdio.Attach("host.SWDIO");
    }

    /// <summary>Half a clock period, in cycles of the bench (1 ns).</summary>
    public ulong Half { get; set; } = 50;

    public int Turnaround { get; set; } = 1;

    /// <summary>A data phase follows WAIT and FAULT: CTRL/STAT.ORUNDETECT.</summary>
    public bool DataPhaseAlways { get; set; }

    public void Clock()
    {
        Pass(Half);
        _clock.Set(Drive.High);
        Pass(Half);
        _clock.Set(Drive.Low);
    }

    public void Pass(ulong cycles)
    {
        _time.Cycles += cycles;
        _time.RunDue();
    }

    public void Out(bool bit)
    {
        _data.Set(bit ? Drive.High : Drive.Low);
        Clock();
    }

    public void Out(ulong bits, int count)
    {
        for (int i = 0; i < count; i++) Out((bits >> i & 1) != 0);
    }

    public ulong In(int count)
    {
        ulong bits = 0;
        for (int i = 0; i < count; i++)
        {
            Pass(Half);
            if (_data.Net.IsHigh) bits |= 1ul << i;
            _clock.Set(Drive.High);
            Pass(Half);
            _clock.Set(Drive.Low);
        }
        return bits;
    }

    public void Release() => _data.Set(Drive.None);

    public void Idle(int clocks = 8) => Out(0, clocks);

    public void LineReset(int highs = 51, int lows = 2)
    {
        for (int i = 0; i < highs; i++) Out(true);
        Out(0, lows);
    }

    public void JtagToSwd()
    {
        for (int i = 0; i < 51; i++) Out(true);
        Out(0xE79E, 16);
        LineReset();
    }

    public void Wake()
    {
        for (int i = 0; i < 8; i++) Out(true);
        Out(0x86852D95_6209F392, 64);
        Out(0x19BC0EA2_E3DDAFE9, 64);
        Out(0, 4);
        Out(0x1A, 8);
        LineReset();
    }

    public static byte Request(bool ap, bool read, int address)
    {
        int bits = (ap ? 1 : 0) | (read ? 2 : 0) | address;
        return (byte)(0x81 | bits << 1 | (BitOperations.PopCount((uint)bits) & 1) << 5);
    }

    public SwdAck Read(bool ap, int address, out uint data) => Raw(Request(ap, true, address), 0, out data, out _);

    public SwdAck Write(bool ap, int address, uint data) => Raw(Request(ap, false, address), data, out _, out _);

    /// <summary>A transfer with any request byte. <paramref name="parityWrong"/> of what was read; <paramref name="flipParity"/> of what is written.</summary>
    public SwdAck Raw(byte request, uint write, out uint read, out bool parityWrong, bool flipParity = false)
    {
        (read, parityWrong) = (0, false);
        bool isRead = (request & 4) != 0;
        Out(request, 8);
        Release();
        In(Turnaround);
        var ack = (SwdAck)In(3);
        bool data = ack == SwdAck.Ok || DataPhaseAlways && ack is SwdAck.Wait or SwdAck.Fault || request == Request(false, false, 12) && ack == SwdAck.None;
        if (isRead && data)
        {
            ulong bits = In(33);
            read = (uint)bits;
            parityWrong = (BitOperations.PopCount(bits) & 1) != 0;
        }
        In(Turnaround);
        if (!isRead && data)
        {
            ulong parity = (ulong)(BitOperations.PopCount(write) & 1) ^ (flipParity ? 1ul : 0);
            Out(write | parity << 32, 33);
        }
        return ack;
    }

    public uint ReadDp(int address) => Good(Read(false, address, out uint data), data);
    public void WriteDp(int address, uint data) => Good(Write(false, address, data), 0);
    public uint ReadAp(int address) => Good(Read(true, address, out uint data), data);
    public void WriteAp(int address, uint data) => Good(Write(true, address, data), 0);

    /// <summary>SELECT, the register, RDBUFF.</summary>
    public uint ReadApNow(byte ap, int register)
    {
        WriteDp(8, (uint)ap << 24 | (uint)register & 0xF0);
        ReadAp(register & 0xC);
        return ReadDp(12);
    }

    /// <summary>JTAG to SWD, DPIDR, power-up, AP 0 bank 0 selected.</summary>
    public void Connect()
    {
        JtagToSwd();
        ReadDp(0);
        PowerUp();
    }

    public void PowerUp()
    {
        WriteDp(8, 0);
        WriteDp(4, 0x5000_0000);
        while ((ReadDp(4) & 0xA000_0000) != 0xA000_0000) { }
    }

    public uint ReadMemory(uint address)
    {
        WriteAp(4, address);
        ReadAp(12);
        return ReadDp(12);
    }

    public void WriteMemory(uint address, uint value)
    {
        WriteAp(4, address);
        WriteAp(12, value);
        Idle();
    }

    private static uint Good(SwdAck ack, uint data)
    {
        Assert.Equal(SwdAck.Ok, ack);
        return data;
    }
}
