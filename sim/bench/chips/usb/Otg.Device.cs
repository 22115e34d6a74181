namespace SharpProbe.Sim.Chips.Usb;

/// <summary>Device registers (RM0431 and RM0433, "OTG device-mode registers").</summary>
public sealed partial class Otg
{
    private const uint SoftDisconnect = 2, GlobalInNakStatus = 4, GlobalOutNakStatus = 8, SetInNak = 1 << 7, ClearInNak = 1 << 8, SetOutNak = 1 << 9, ClearOutNak = 1 << 10;

    private Register _dcfg = null!, _dctl = null!, _diepmsk = null!, _doepmsk = null!, _daintmsk = null!, _diepempmsk = null!;
    private bool _suspended, _outNakPopped;
    private uint _address;
    private uint? _nextAddress;

    internal bool GlobalInNak => (_dctl.Value & GlobalInNakStatus) != 0;
    internal bool GlobalOutNak => (_dctl.Value & GlobalOutNakStatus) != 0;

    /// <summary>The mark of the global OUT NAK was popped from the receive FIFO (GONAKEFF).</summary>
    internal bool GlobalOutNakSeen => GlobalOutNak && _outNakPopped;

    internal int MaxPacket0 => _in[0].MaxPacket;

    private uint DeviceSpeed => _dcfg.Value & 3;

    private void AddDevice()
    {
        bool hs = Facts.HighSpeedCore;
        uint dcfg = hs ? 0x0300_DFF7u : 0xDFF7;
        _dcfg = Add(new() { Name = "DCFG", Offset = 0x800, Reset = 0x0220_0000, ReadMask = dcfg | 0x0220_0000, WriteMask = dcfg, OnWrite = (old, _) => WriteDcfg(old) });
        _dctl = Add(new()
        {
            Name = "DCTL", Offset = 0x804, Reset = SoftDisconnect, ReadMask = 0x0004_087F, WriteMask = 0x0004_0873, OnWrite = (_, written) => WriteDctl(written),
            Unmodelled = [new("RWUSIG", 1), new("TCTL", 7 << 4), new("DSBESLRJCT", 1 << 18)],
        });
        Add(new() { Name = "DSTS", Offset = 0x808, Reset = 0x10, ReadMask = 0x00FF_FF1F, WriteMask = 0, OnRead = ReadDsts });
        _diepmsk = Mask("DIEPMSK", 0x810, 0x237F);
        _doepmsk = Mask("DOEPMSK", 0x814, 0x737F);
        Add(new() { Name = "DAINT", Offset = 0x818, WriteMask = 0, OnRead = () => Daint });
        _daintmsk = Mask("DAINTMSK", 0x81C, ~0u);
        // Session request pulses: nobody on the bus listens.
        Mask("DVBUSDIS", 0x828, 0xFFFF, 0x17D7);
        Mask("DVBUSPULSE", 0x82C, 0xFFF, 0x5B8);
        _diepempmsk = Mask("DIEPEMPMSK", 0x834, 0xFFFF);
        if (!hs) return;
        Add(new() { Name = "DTHRCTL", Offset = 0x830, ReadMask = 0x0BFF_07FF, WriteMask = 0x0BFF_07FF, Unmodelled = [new("thresholds", 0x0801_0003)] });
        Add(new() { Name = "DEACHINT", Offset = 0x838, ReadMask = 0x2_0002, WriteMask = 0 });
        Add(new() { Name = "DEACHINTMSK", Offset = 0x83C, ReadMask = 0x2_0002, WriteMask = 0x2_0002, Unmodelled = [new("interrupts of endpoint 1 alone", 0x2_0002)] });
    }

    private Register Mask(string name, uint offset, uint mask, uint reset = 0) =>
        Add(new() { Name = name, Offset = offset, Reset = reset, ReadMask = mask, WriteMask = mask });

    /// <summary>Endpoints with an interrupt that their masks let through; TXFE is masked by endpoint.</summary>
    private uint Daint
    {
        get
        {
            uint value = 0;
            for (int i = 0; i < _in.Length; i++)
            {
                uint mask = _diepmsk.Value & ~0x80u | (_diepempmsk.Value >> i & 1) << 7;
                if ((_in[i].ReadFlags() & mask) != 0) value |= 1u << i;
                if ((_out[i].Flags.Value & _doepmsk.Value) != 0) value |= 1u << i + 16;
            }
            return value;
        }
    }

    private uint ReadDsts()
    {
        uint speed = RunsHigh ? 0u : _phy.HighSpeed ? 1u : 3;
        if (!_enumerated) speed = 0;
        return (_suspended ? 1u : 0) | speed << 1 | (_enumerated ? Frame << 8 : 0) | (_enumerated ? 0 : 0x10u);
    }

    /// <summary>
    /// A new address counts from the end of the control transfer that brought it (USB 2.0, 9.4.6): software writes it before the status stage, and the core answers
    /// that at the old one.
    /// </summary>
    private void WriteDcfg(uint old)
    {
        if (((old ^ _dcfg.Value) & 3) != 0 && Attached) throw new BenchStop($"{Name}.DCFG: DSPD changed while the device is attached");
        uint address = _dcfg.Field(4, 7);
        if (address == _address) return;
        if (_control && _enumerated) _nextAddress = address;
        else _address = address;
    }

    private void WriteDctl(uint written)
    {
        bool Has(uint bit) => (written & bit) != 0;
        if (Has(SetInNak) && Has(ClearInNak) || Has(SetOutNak) && Has(ClearOutNak)) throw new BenchStop($"{Name}.DCTL: a global NAK set and cleared in one write");
        if (Has(SetInNak)) _dctl.Value |= GlobalInNakStatus;
        if (Has(ClearInNak)) _dctl.Value &= ~GlobalInNakStatus;
        if (Has(ClearOutNak)) _dctl.Value &= ~GlobalOutNakStatus;
        if (!Has(SetOutNak)) return;
        if (GlobalOutNak) throw new BenchStop($"{Name}.DCTL: SGONAK while GONSTS = 1");
        _dctl.Value |= GlobalOutNakStatus;
        _outNakPopped = false;
        _rx.Add(new(0, OtgPacketStatus.GlobalOutNak, [], false, Frame, () => _outNakPopped = true));
    }
}
