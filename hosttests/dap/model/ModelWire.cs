using System.Numerics;
using SharpProbe.Conformance.Model;
using SharpProbe.Sim;
using SharpProbe.Sim.Adi;
using SharpProbe.Sim.Pins;
using SharpProbe.Tests.Adi;
using SimMemAp = SharpProbe.Sim.Adi.MemAp;

namespace SharpProbe.Tests.Dap.Model;

/// <summary>A second target, alike, and a plain host that moves its two wires bit by bit, SWCLK high between bits (IHI 0031; CMSIS-DAP's port set-up puts all pins high).</summary>
sealed class ModelWire : IModelWire
{
    private readonly TimeBase _time = new(1_000_000_000);
    private readonly Net _clockNet, _dataNet;
    private readonly NetDriver _clock, _data;
    private readonly Net _tdiNet, _tdoNet;
    private readonly NetDriver _tdi;
    private bool _jtag, _tdiLatch = true;
    private bool _on, _driving, _clockLatch = true, _dataLatch = true;

    public ModelWire(Func<SimMemAp, SwDp> port)
    {
        var nets = new Nets(_time);
        (_clockNet, _dataNet) = (nets.Create("SWCLK"), nets.Create("SWDIO"));
        Bus = new(_time);
        (_tdiNet, _tdoNet) = (nets.Create("TDI"), nets.Create("TDO"));
        _tdi = _tdiNet.Attach("model.TDI");
        _tdoNet.Attach("model.TDO", SharpProbe.Sim.Pins.Drive.PullUp);
        SwDp dp = port(new(Bus, 0x1477_0011, 0xE00F_F003));
        Port = new(_clockNet, _dataNet, dp) { Jtag = new(_tdiNet, _tdoNet, DapRig.Chain(dp)) };
        (_clock, _data) = (_clockNet.Attach("model.SWCLK"), _dataNet.Attach("model.SWDIO"));
    }

    public RamBus Bus { get; }
    public SwdPort Port { get; }
    public Level ClockLevel => _clockNet.Level;
    public Level DataLevel => _dataNet.Level;
    public bool ResetLow { get; set; }
    public int Turnaround { get; set; } = 1;
    public bool AlwaysData { get; set; }

    public void Connect()
    {
        if (_on) return;
        _on = _driving = _clockLatch = _dataLatch = true;
        Show();
    }

    public void Disconnect()
    {
        _on = _driving = ResetLow = false;
        Show();
    }

    /// <summary>Bits as in DAP_SWJ_Pins.</summary>
    public int Pins => (_clockNet.IsHigh ? 1 : 0) | (_dataNet.IsHigh ? 2 : 0) | (_jtag && _tdiNet.IsHigh ? 4 : 0) | (_jtag && _tdoNet.IsHigh ? 8 : 0) | (ResetLow ? 0 : 0x80);

    public void ConnectJtag()
    {
        (_jtag, _tdiLatch) = (true, true);
        Show();
    }

    public void DisconnectJtag()
    {
        _jtag = false;
        Show();
    }

    public void SetTdi(bool level)
    {
        _tdiLatch = level;
        Show();
    }

    public bool ClockJtag(bool tms, bool tdi)
    {
        SetTdi(tdi);
        _dataLatch = tms;
        SetClock(false);
        bool tdo = _tdoNet.IsHigh;
        SetClock(true);
        return tdo;
    }

    public void SetClock(bool level)
    {
        _clockLatch = level;
        Show();
    }

    public void SetData(bool level)
    {
        _dataLatch = level;
        Show();
    }

    public void Drive(bool driving)
    {
        _driving = driving;
        Show();
    }

    public void Out(ulong bits, int count)
    {
        for (; count > 0; count--, bits >>= 1)
        {
            _dataLatch = (bits & 1) != 0;
            SetClock(false);
            SetClock(true);
        }
    }

    public ulong In(int count)
    {
        ulong bits = 0;
        for (int i = 0; i < count; i++)
        {
            SetClock(false);
            if (_dataNet.IsHigh) bits |= 1ul << i;
            SetClock(true);
        }
        return bits;
    }

    /// <summary>One transaction; returns the response byte of DAP_Transfer.</summary>
    public int Transact(int request, ref uint value)
    {
        bool read = (request & 2) != 0;
        int bits = request & 15;
        Out((uint)(0x81 | bits << 1 | (BitOperations.PopCount((uint)bits) & 1) << 5), 8);
        Drive(false);
        In(Turnaround);
        int ack = (int)In(3);
        bool refused = ack is 2 or 4, data = ack == 1 || refused && AlwaysData;
        int result = ack is 1 or 2 or 4 or 7 ? ack : 8;
        if (!refused && ack != 1)
        {
            In(Turnaround + 33);                             // backs off for as long as the data would take
            Drive(true);
            return result;
        }
        if (read && data)
        {
            ulong word = In(33);
            if (ack == 1) value = (uint)word;
            if (ack == 1 && (BitOperations.PopCount(word) & 1) != 0) result = 8;
        }
        In(Turnaround);
        Drive(true);
        if (read || !data) return result;
        ulong sent = ack == 1 ? value : 0;
        Out(sent | (ulong)(BitOperations.PopCount(sent) & 1) << 32, 33);
        return result;
    }

    private void Show()
    {
        _tdi.Set(!_jtag ? SharpProbe.Sim.Pins.Drive.None : _tdiLatch ? SharpProbe.Sim.Pins.Drive.High : SharpProbe.Sim.Pins.Drive.Low);
        _data.Set(!_on || !_driving ? SharpProbe.Sim.Pins.Drive.None : _dataLatch ? SharpProbe.Sim.Pins.Drive.High : SharpProbe.Sim.Pins.Drive.Low);
        _clock.Set(!_on ? SharpProbe.Sim.Pins.Drive.None : _clockLatch ? SharpProbe.Sim.Pins.Drive.High : SharpProbe.Sim.Pins.Drive.Low);
        _time.Cycles += 50;
        _time.RunDue();
    }
}
