using System;
using SharpProbe.Io;
using SharpProbe.Wire;

namespace SharpProbe.Adi;

/// <summary>Debug access by SWD, or by JTAG on the same wire.</summary>
public sealed class WireAccess : DebugAccess
{
    /// <summary>Access ports are numbered without gaps, except on some chips: so many absent ones end the search.</summary>
    private const int GiveUpAfter = 8;

    /// <summary>IDR bits 16:13 of a MEM-AP.</summary>
    private const uint MemApClass = 8;

    /// <summary>Below this VTref, in mV, no answer means no supply. Many cables have no VTref, so it is not asked before.</summary>
    private const int LowestSupply = 1000;

    /// <summary>Debug ports on a chain or a multi-drop line, and ports that are no MEM-APs, that a scan keeps.</summary>
    private const int MaxDebugPorts = 4, MaxControlPorts = 4;

    /// <summary>Of an ADIv6 debug port: ROM tables within ROM tables, and entries in all; more is a loop or noise.</summary>
    private const int MaxDepth = 4, MaxEntries = 128;

    /// <summary>In Hz: a chain that does not answer at this clock is not there.</summary>
    private const uint SlowestTry = 500_000;

    private readonly Swd _wire;
    private readonly Jtag? _jtag;
    private readonly TapScan? _taps;
    private readonly SignalQuality _quality;
    private readonly SwDebugPort[] _swPorts = new SwDebugPort[MaxDebugPorts];
    private readonly JtagDebugPort[] _jtagPorts;
    private readonly MemAp[] _ports = new MemAp[MaxPorts];
    private readonly ApSpace _space;
    private readonly WireControlPort[] _controls = new WireControlPort[MaxControlPorts];
    private readonly byte[] _irLengths = new byte[TapChain.MaxTaps];
    private int _irLengthCount, _count, _controlCount, _debugPorts;
    private bool _byJtag;

    /// <param name="jtag">Null: the board has no TDI and TDO.</param>
    public WireAccess(Swd wire, Clock clock, Background background, Jtag? jtag = null)
    {
        (_wire, _jtag) = (wire, jtag);
        _quality = new(wire, clock);
        var line = new SwdLine();
        for (int i = 0; i < _swPorts.Length; i++) _swPorts[i] = new(wire, line, _quality, clock, background);
        _jtagPorts = new JtagDebugPort[jtag is null ? 0 : MaxDebugPorts];
        if (jtag is not null)
        {
            _taps = new(jtag, background);
            for (int i = 0; i < _jtagPorts.Length; i++) _jtagPorts[i] = new(jtag, _quality, clock, background);
        }
        _space = new(_swPorts[0]);
        for (int i = 0; i < _ports.Length; i++) _ports[i] = new(_swPorts[0]);
        for (int i = 0; i < _controls.Length; i++) _controls[i] = new(_swPorts[0]);
    }

    public override int PortCount => _count;

    public override AccessPort Port(int index) => _ports[index];

    public override int ControlPortCount => _controlCount;

    public override ControlPort ControlPort(int index) => _controls[index];

    public override uint Frequency { get => _byJtag ? _jtag!.Frequency : _wire.Frequency; set => _wire.Frequency = value; }
    public override uint MaxFrequency => _wire.MaxFrequency;
    public override bool HoldReset { get => _wire.HoldReset; set => _wire.HoldReset = value; }
    public override bool InReset => _wire.InReset;
    public override int TargetMillivolts => _wire.TargetMillivolts;
    public override bool HasPowerSwitch => _wire.HasPowerSwitch;
    public override bool PowerOn { get => _wire.PowerOn; set => _wire.PowerOn = value; }

    public override bool TakeSlowedDown() => _quality.TakeSlowedDown();

    public override DebugFault Acquire() => _wire.Owner.Holder == WireUser.Gdb ? DebugFault.None : Reconnect();

    public override void Release() => _wire.Owner.Release(WireUser.Gdb);

    public override void UseSwd()
    {
        if (_byJtag) Clear();
        _byJtag = false;
    }

    public override bool UseJtag(ReadOnlySpan<byte> irLengths)
    {
        if (_jtag is null || irLengths.Length > _irLengths.Length) return false;
        if (!_byJtag) Clear();
        irLengths.CopyTo(_irLengths);
        (_byJtag, _irLengthCount) = (true, irLengths.Length);
        return true;
    }

    public override DebugFault Scan(uint targetSel)
    {
        if (!_wire.Owner.TryTake(WireUser.Gdb)) return FaultKind.WireBusy;
        Clear();
        if (_byJtag) return Explained(ScanChain());
        _jtag?.Disconnect();
        SwDebugPort first = _swPorts[0];
        first.Choose(targetSel);
        _debugPorts = 1;
        DebugFault fault = Search(first);
        if (fault.Failed) return Explained(fault);
        if (targetSel == 0 && first.TargetSel != 0) ScanBeside(first.TargetSel);
        return _count + _controlCount != 0 ? DebugFault.None : FaultKind.NoAccessPort;
    }

    private void Clear() => _count = _controlCount = _debugPorts = 0;

    /// <summary>The other debug ports of a multi-drop line. What one of them refuses is no reason to do without the first.</summary>
    private void ScanBeside(uint first)
    {
        for (uint instance = (first >> 28) + 1; instance < MultiDrop.Instances && _debugPorts < MaxDebugPorts; instance++)
        {
            uint targetSel = first & 0x0FFF_FFFF | instance << 28;
            SwDebugPort port = _swPorts[_debugPorts];
            if (!port.TryFindBeside(targetSel)) continue;
            if (MultiDrop.IsRescue(targetSel)) Keep(port, 0, 0);
            else if (Search(port).Ok) _debugPorts++;
        }
    }

    private void Keep(DebugPort port, uint index, uint idr)
    {
        if (_controlCount < _controls.Length) _controls[_controlCount++].Open(port, index, idr);
    }

    /// <summary>Slower, while nothing answers that makes sense.</summary>
    private DebugFault ScanChain()
    {
        uint asked = _wire.AskedFrequency;
        DebugFault fault = FindTaps(first: true);
        while (fault.Failed && _jtag!.Frequency / 2 >= SlowestTry)
        {
            _wire.Frequency = _jtag.Frequency / 2;
            fault = FindTaps(first: false);
        }
        if (fault.Failed)
        {
            _wire.Frequency = asked;
            return fault;
        }
        if (_wire.AskedFrequency != asked) _quality.Tell();
        DebugFault failed = FaultKind.NoDebugPort;
        for (int i = 0; i < _taps!.Chain.Count && _debugPorts < MaxDebugPorts; i++)
        {
            if (!TapKind.IsDebugPort(_taps.IdCode(i))) continue;
            JtagDebugPort port = _jtagPorts[_debugPorts++];
            port.Choose(_taps.Chain.Place(i), _taps.IdCode(i));
            fault = Search(port);
            failed = fault.Failed ? fault : FaultKind.NoAccessPort;
        }
        return _count + _controlCount != 0 ? DebugFault.None : failed;
    }

    private DebugFault FindTaps(bool first)
    {
        EnterJtag();
        DebugFault fault = _taps!.Run(_irLengths.AsSpan()[.._irLengthCount]);
        if (fault.Kind != FaultKind.TdoStuck || !first) return fault;
        JtagSelection.FromDormant(_jtag!);
        return _taps.Run(_irLengths.AsSpan()[.._irLengthCount]);
    }

    private void EnterJtag()
    {
        _wire.Connect();
        _jtag!.Connect();
        JtagSelection.FromSwd(_jtag);
    }

    /// <summary>The access ports of a debug port.</summary>
    private DebugFault Search(DebugPort port)
    {
        DebugFault fault = port.Connect();
        int absent = port.IsV6 ? GiveUpAfter : 0;
        for (uint index = 0; index < 256 && fault.Ok && absent < GiveUpAfter; index++)
        {
            fault = Take(port, index, out bool present);
            absent = present ? 0 : absent + 1;
        }
        if (fault.Ok && port.IsV6) SearchTables(port);
        if (port.Connected) port.Rest();
        return fault;
    }

    /// <summary>Keeps the access port of this number or address, if there is one.</summary>
    private DebugFault Take(DebugPort port, uint index, out bool present)
    {
        DebugFault fault = port.ReadAp(port.SelectOf(index), MemAp.Identification, out uint idr);
        uint kind = idr >> 13 & 15;
        present = fault.Ok && idr != 0;
        if (present && kind == 0) Keep(port, index, idr);
        if (present && kind == MemApClass && _count < MaxPorts && _ports[_count].Open(port, index, idr).Ok) _count++;
        return fault;
    }

    /// <summary>The access ports of an ADIv6 debug port.</summary>
    private void SearchTables(DebugPort port)
    {
        int left = MaxEntries;
        _space.Port = port;
        if (port.TryReadBase(out uint table)) SearchTable(port, table, 1, ref left);
        uint unlisted = MultiDrop.UnlistedPort(port.TargetId);
        if (unlisted != 0 && port.ReadAp(port.SelectOf(unlisted), MemAp.Identification, out uint idr).Ok) Keep(port, unlisted, idr);
    }

    /// <summary>Takes the access ports that a ROM table and those in it list (IHI 0074, "ROM Tables"). What cannot be read is left out.</summary>
    private void SearchTable(DebugPort port, uint table, int depth, ref int left)
    {
        for (uint offset = 0; offset < 0xF00 && --left >= 0; offset += 4)
        {
            if (_space.Read32(table + offset, out uint entry).Failed || entry == 0) return;
            uint address = table + (entry & ~0xFFFu);
            if ((entry & 1) == 0 || RomTable.Identify(_space, address, out ComponentId id).Failed) continue;
            if (id.IsMemAp && !IsTaken(port, address)) Take(port, address, out _);
            else if (id.IsRomTable && depth < MaxDepth) SearchTable(port, address, depth + 1, ref left);
        }
    }

    private bool IsTaken(DebugPort port, uint index)
    {
        for (int i = 0; i < _count; i++)
            if (_ports[i].IsOf(port) && _ports[i].Index == index) return true;
        return false;
    }

    public override DebugFault Reconnect()
    {
        if (!_wire.Owner.TryTake(WireUser.Gdb)) return FaultKind.WireBusy;
        if (_byJtag) EnterJtag();
        else _jtag?.Disconnect();
        DebugFault fault = _debugPorts == 0 ? FaultKind.LostTarget : DebugFault.None;
        for (int i = 0; i < _debugPorts && fault.Ok; i++) fault = Again(Of(i));
        return Explained(fault);
    }

    private DebugPort Of(int index) => _byJtag ? _jtagPorts[index] : _swPorts[index];

    private static DebugFault Again(DebugPort port)
    {
        uint dpIdr = port.DpIdr, targetId = port.TargetId;
        DebugFault fault = port.Connect();
        if (fault.Ok && (port.DpIdr != dpIdr || port.TargetId != targetId))
        {
            port.Forget();
            return FaultKind.LostTarget;
        }
        if (fault.Ok) port.Rest();
        return fault;
    }

    public override void DescribeChain(TextOutput text)
    {
        if (_byJtag) _taps!.Describe(text);
    }

    public override void Describe(TextOutput text)
    {
        for (int i = 0; i < _debugPorts; i++) Describe(Of(i), text);
    }

    private void Describe(DebugPort port, TextOutput text)
    {
        Span<byte> buffer = stackalloc byte[160];
        var line = new ByteWriter(buffer);
        line.Write("DPIDR "u8);
        line.WriteAddress(port.DpIdr);
        line.Write(" ("u8);
        Designers.Write(ref line, port.DpIdr >> 1 & 0x7FF);
        line.Write(", DPv"u8);
        line.WriteDecimal(port.DpIdr >> 12 & 15);
        line.Write(")"u8);
        if (port.TargetId != 0)
        {
            line.Write(", TARGETID "u8);
            line.WriteAddress(port.TargetId);
            line.Write(" ("u8);
            Designers.Write(ref line, port.TargetId >> 1 & 0x7FF);
            line.Write(")"u8);
        }
        line.Write("\n"u8);
        text.Write(line.Written);
        _space.Port = port;
        if (port.IsV6 && port.TryReadBase(out uint table)) RomTable.Describe(_space, table, text);
        for (int i = 0; i < _count; i++)
            if (_ports[i].IsOf(port)) Describe(_ports[i], text);
    }

    private static void Describe(MemAp port, TextOutput text)
    {
        Span<byte> buffer = stackalloc byte[160];
        var line = new ByteWriter(buffer);
        line.Write("AP "u8);
        if (port.Index < 256) line.WriteDecimal(port.Index);
        else line.WriteAddress(port.Index);
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

    /// <summary>No answer is no supply, or nRESET low, where that shows.</summary>
    private DebugFault Explained(DebugFault fault)
    {
        if (fault.Kind is not (FaultKind.NoAnswer or FaultKind.TdoStuck)) return fault;
        int supply = _wire.TargetMillivolts;
        return supply is >= 0 and < LowestSupply ? new(FaultKind.NoPower, 0, (uint)supply) : fault;
    }
}
