namespace SharpProbe.Sim.Chips.Usb;

/// <summary>What IN and OUT endpoints have in common: the control register's bits and the rules about them (RM0431 and RM0433, OTG_DIEPCTLx and OTG_DOEPCTLx).</summary>
internal abstract class OtgEndpoint
{
    protected const uint Usbaep = 1 << 15, DataPid = 1 << 16, NakStatus = 1 << 17, StallBit = 1 << 21, Cnak = 1 << 26, Snak = 1 << 27, SetData0 = 1 << 28, SetData1 = 1 << 29, Disable = 1u << 30, Enable = 1u << 31;
    private const int Isochronous = 1, Interrupt = 3;
    /// <summary>Time until the core has stopped an endpoint; the manual gives none, only that software waits for EPDISD.</summary>
    private const ulong DisableTime = TimeBase.Second / 2_000_000;

    /// <param name="core">The core.</param>
    /// <param name="number">Endpoint number.</param>
    /// <param name="direction">'I' or 'O', of DIEP... and DOEP...</param>
    /// <param name="offset">Of its control register.</param>
    /// <param name="configuration">Bits of the control register that say what kind of endpoint it is.</param>
    protected OtgEndpoint(Otg core, int number, char direction, uint offset, uint configuration)
    {
        (Core, Number, Prefix) = (core, number, $"D{direction}EP");
        uint kept = configuration | StallBit;
        Control = core.AddRegister(new()
        {
            Name = $"{Prefix}CTL{number}", Offset = offset, Reset = number == 0 ? Usbaep : 0, ReadMask = kept | Usbaep | DataPid | NakStatus | 3u << 18 | Disable | Enable,
            WriteMask = kept, OnWrite = (old, written) => Command(old, written, configuration),
        });
        uint bytes = number == 0 ? 0x7Fu : 0x7FFFF, packets = number != 0 ? 0x3FFu : direction == 'I' ? 3u : 1;
        (ByteMask, PacketMask) = (bytes, packets);
        // Bits 30:29 are MCNT of an IN endpoint, STUPCNT of OUT endpoint 0, and the received PID elsewhere.
        uint top = number == 0 && direction == 'I' ? 0 : 3u << 29;
        Size = core.AddRegister(new()
        {
            Name = $"{Prefix}TSIZ{number}", Offset = offset + 0x10, ReadMask = bytes | packets << 19 | top, WriteMask = bytes | packets << 19 | top,
            LockMask = ~0u, LockedBy = () => Enabled ? $"{Control!.Name}.EPENA = 1" : null,
        });
        if (core.Facts.HighSpeedCore)
            core.AddRegister(new() { Name = $"{Prefix}DMA{number}", Offset = offset + 0x14, Unmodelled = [new("the DMA address", ~0u)] });
    }

    protected Otg Core { get; }
    protected string Prefix { get; }
    protected uint ByteMask { get; }
    protected uint PacketMask { get; }
    public int Number { get; }
    public Register Control { get; }
    public Register Size { get; }
    public abstract Register Flags { get; }

    public bool Active => Number == 0 || (Control.Value & Usbaep) != 0;
    public bool Enabled { get => Control[31]; protected set => Control[31] = value; }
    public bool Nak { get => Control[17]; set => Control[17] = value; }
    public bool Stall { get => Control[21]; set => Control[21] = value; }
    public bool Data1 { get => Control[16]; set => Control[16] = value; }
    public virtual int MaxPacket => Number == 0 ? 64 >> (int)Control.Field(0, 2) : (int)Control.Field(0, 11);
    public bool Bulk => Control.Field(18, 2) is 0 or 2;

    /// <summary>It answered NAK and the host waits for something better.</summary>
    public bool Refused { get; set; }

    /// <summary>The next token would be answered with NAK.</summary>
    public abstract bool WouldRefuse { get; }

    /// <summary>What USB reset does: all endpoints but 0 are taken out of use.</summary>
    public virtual void BusReset()
    {
        if (Number != 0) Control.Value &= ~Usbaep;
        Refused = false;
    }

    public virtual void Clear() => Refused = false;

    protected abstract void Activate();
    protected abstract void Begin();
    protected abstract void RequireDisable(bool nakBefore);
    protected abstract void Stopped();
    protected virtual void NakSet(bool nak) { }

    protected BenchStop Stop(string what) => new($"{Core.Name}.{Control.Name}: {what}");

    protected uint Packets
    {
        get => Size.Value >> 19 & PacketMask;
        set => Size.Value = Size.Value & ~(PacketMask << 19) | value << 19;
    }

    protected uint Bytes
    {
        get => Size.Value & ByteMask;
        set => Size.Value = Size.Value & ~ByteMask | value;
    }

    private void Command(uint old, uint written, uint configuration)
    {
        uint changed = old ^ Control.Value;
        bool Has(uint bit) => (written & bit) != 0;
        if (Enabled && (changed & configuration) != 0) throw Stop($"bits 0x{changed & configuration:X8} changed while EPENA = 1");
        if (Has(Cnak) && Has(Snak)) throw Stop("CNAK and SNAK in one write");
        if (Has(SetData0) && Has(SetData1)) throw Stop("SD0PID and SD1PID in one write");
        if ((Has(SetData0) || Has(SetData1)) && (Enabled || Number == 0)) throw Stop(Number == 0 ? "the core keeps the data PID of endpoint 0 itself" : "data PID set while EPENA = 1");
        // Endpoint 0: software can only set the bit, the core clears it with the next SETUP.
        if (Number == 0) Control.Value |= old & StallBit;
        if (Number != 0 && (changed & Usbaep) != 0 && Active) CheckKind();
        if (Has(SetData0)) Data1 = false;
        if (Has(SetData1)) Data1 = true;
        bool nakBefore = (old & NakStatus) != 0;
        if (Has(Snak) || Has(Cnak)) Nak = Has(Snak);
        if (Nak != nakBefore) NakSet(Nak);
        if (Has(Disable) && (old & Disable) == 0) Halt(nakBefore);
        else if (Has(Enable) && !Enabled) Start();
    }

    private void CheckKind()
    {
        uint type = Control.Field(18, 2);
        if (type == Isochronous) throw Stop("EPTYP = 1: isochronous endpoints are not modelled");
        if (type == 0) throw Stop("EPTYP = 0: control endpoints other than 0 are not modelled");
        int limit = Core.RunsHigh ? type == Interrupt ? 1024 : 512 : 64;
        if (MaxPacket == 0 || MaxPacket > limit) throw Stop($"MPSIZ = {MaxPacket}, and at this speed an endpoint of EPTYP = {type} has 1 to {limit} bytes");
        Activate();
    }

    private void Start()
    {
        Begin();
        Enabled = true;
    }

    private void Halt(bool nakBefore)
    {
        if (!Enabled) throw Stop("EPDIS set while EPENA = 0");
        RequireDisable(nakBefore);
        Control.Value |= Disable;
        Core.Later(DisableTime, () =>
        {
            Control.Value &= ~(Enable | Disable);
            Stopped();
            Flags[1] = true;        // EPDISD
        });
    }
}
