using System;
using SharpProbe.Io;
using SharpProbe.Wire;

namespace SharpProbe.Adi;

/// <summary>Debug access by SWD.</summary>
public sealed class SwdAccess : DebugAccess
{
    /// <summary>Access ports are numbered without gaps, except on some chips: so many absent ones end the search.</summary>
    private const int GiveUpAfter = 8;

    /// <summary>IDR bits 16:13 of a MEM-AP.</summary>
    private const uint MemApClass = 8;

    /// <summary>Below this VTref, in mV, no answer means no supply. Many cables have no VTref, so it is not asked before.</summary>
    private const int LowestSupply = 1000;

    private readonly Swd _wire;
    private readonly DebugPort _port;
    private readonly MemAp[] _ports = new MemAp[MaxPorts];
    private int _count;
    private uint _targetSel;

    public SwdAccess(Swd wire, Clock clock, Background background)
    {
        _wire = wire;
        _port = new(wire, clock, background);
        for (int i = 0; i < _ports.Length; i++) _ports[i] = new(_port);
    }

    public override int PortCount => _count;

    public override AccessPort Port(int index) => _ports[index];

    public override uint Frequency { get => _wire.Frequency; set => _wire.Frequency = value; }
    public override uint MaxFrequency => _wire.MaxFrequency;
    public override bool HoldReset { get => _wire.HoldReset; set => _wire.HoldReset = value; }
    public override bool InReset => _wire.InReset;
    public override int TargetMillivolts => _wire.TargetMillivolts;
    public override bool HasPowerSwitch => _wire.HasPowerSwitch;
    public override bool PowerOn { get => _wire.PowerOn; set => _wire.PowerOn = value; }

    public override bool TakeSlowedDown() => _port.Quality.TakeSlowedDown();

    public override DebugFault Acquire() => _wire.Owner.Holder == WireUser.Gdb ? DebugFault.None : Reconnect();

    public override void Release() => _wire.Owner.Release(WireUser.Gdb);

    public override DebugFault Scan(uint targetSel)
    {
        if (!_wire.Owner.TryTake(WireUser.Gdb)) return FaultKind.WireBusy;
        _count = 0;
        _targetSel = targetSel;
        DebugFault fault = Connect();
        int absent = 0;
        for (uint index = 0; index < 256 && fault.Ok && absent < GiveUpAfter && _count < MaxPorts; index++)
        {
            fault = _port.ReadAp(index, MemAp.Identification, out uint idr);
            absent = idr == 0 ? absent + 1 : 0;
            if (fault.Failed || (idr >> 13 & 15) != MemApClass) continue;
            if (_ports[_count].Open((byte)index, idr).Ok) _count++;
        }
        if (_port.Connected) _port.Rest();
        if (fault.Failed) return fault;
        return _count != 0 ? DebugFault.None : FaultKind.NoAccessPort;
    }

    public override DebugFault Reconnect()
    {
        if (!_wire.Owner.TryTake(WireUser.Gdb)) return FaultKind.WireBusy;
        uint dpIdr = _port.DpIdr, targetId = _port.TargetId;
        DebugFault fault = Connect();
        if (fault.Ok && (_port.DpIdr != dpIdr || _port.TargetId != targetId))
        {
            _port.Forget();
            return FaultKind.LostTarget;
        }
        if (fault.Ok) _port.Rest();
        return fault;
    }

    public override void Describe(TextOutput text)
    {
        Span<byte> buffer = stackalloc byte[160];
        var line = new ByteWriter(buffer);
        line.Write("DPIDR "u8);
        line.WriteAddress(_port.DpIdr);
        line.Write(" ("u8);
        Designers.Write(ref line, _port.DpIdr >> 1 & 0x7FF);
        line.Write(", DPv"u8);
        line.WriteDecimal(_port.DpIdr >> 12 & 15);
        line.Write(")"u8);
        if (_port.TargetId != 0)
        {
            line.Write(", TARGETID "u8);
            line.WriteAddress(_port.TargetId);
            line.Write(" ("u8);
            Designers.Write(ref line, _port.TargetId >> 1 & 0x7FF);
            line.Write(")"u8);
        }
        line.Write("\n"u8);
        text.Write(line.Written);
        for (int i = 0; i < _count; i++) Describe(_ports[i], text);
    }

    private static void Describe(MemAp port, TextOutput text)
    {
        Span<byte> buffer = stackalloc byte[160];
        var line = new ByteWriter(buffer);
        line.Write("AP "u8);
        line.WriteDecimal(port.Index);
        line.Write(": IDR "u8);
        line.WriteAddress(port.Idr);
        line.Write(", BASE "u8);
        line.WriteAddress(port.Base);
        if (port.Designer != 0)
        {
            line.Write(", "u8);
            PartNames.Write(ref line, port.Designer, port.Part, isTable: true);
        }
        line.Write("\n"u8);
        text.Write(line.Written);
        if (RomTable.TryAddress(port.Base, out uint table)) RomTable.Describe(port, table, text);
    }

    private DebugFault Connect()
    {
        DebugFault fault = _port.Connect(_targetSel);
        int supply = _wire.TargetMillivolts;
        return fault.Kind == FaultKind.NoAnswer && supply is >= 0 and < LowestSupply ? new(FaultKind.NoPower, 0, (uint)supply) : fault;
    }
}
