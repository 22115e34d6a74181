namespace SharpProbe.Adi;

/// <summary>A <see cref="ControlPort"/> that a scan found.</summary>
sealed class WireControlPort(DebugPort first) : ControlPort
{
    private DebugPort _port = first;
    private uint _index, _ap, _idr;

    public void Open(DebugPort port, uint index, uint idr) => (_port, _index, _ap, _idr) = (port, index, port.IsV6 ? index : index << 24, idr);

    public override uint Index => _index;
    public override uint Idr => _idr;
    public override uint TargetSel => _port.TargetSel;

    public override DebugFault Read(uint register, out uint value) => Rested(_port.ReadAp(_ap, register, out value));

    public override DebugFault Write(uint register, uint value)
    {
        DebugFault fault = _port.WriteAp(_ap, register, value);
        return Rested(fault.Ok ? _port.Flush() : fault);
    }

    public override DebugFault ReadCsw(uint port, out uint value) => Rested(_port.ReadAp(_port.SelectOf(port), MemAp.Csw, out value));

    /// <summary>A port that restarts its chip may not acknowledge.</summary>
    public override DebugFault PulsePower()
    {
        DebugFault fault = _port.Connect();
        if (fault.Ok || fault.Kind == FaultKind.PowerUpTimeout) fault = _port.PowerDown();
        return Rested(fault);
    }

    private DebugFault Rested(DebugFault fault)
    {
        if (_port.Connected) _port.Rest();
        return fault;
    }
}
