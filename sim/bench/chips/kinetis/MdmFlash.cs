using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Chips.Kinetis;

/// <summary>
/// A flash module whose configuration field closes the debug port and leaves the MDM-AP alone as the way in. Commands are started by a one to FSTAT.CCIF; a mistake sets ACCERR or FPVIOL, and nothing
/// starts while one of them stands.
/// </summary>
public abstract class MdmFlash : TargetFlash
{
    protected const byte Fpviol = 0x10, Accerr = 0x20, Ccif = 0x80, Unsecure = 2, SecurityMask = 3;

    private readonly string _name;

    /// <param name="die">The chip.</param>
    /// <param name="array">Program flash.</param>
    /// <param name="name">Of the generation.</param>
    protected MdmFlash(Die die, MemoryRegion array, string name) : base(die)
    {
        (Flash, _name) = (array, name);
        array.Span.Fill(0xFF);
        array.OnWrite = (offset, _, _) => throw new CoreFault(FaultKind.PreciseBus, array.Address + offset);
    }

    public override uint Latency => 0;
    public override bool HidesWaitStates => true;
    public override bool HardwareWatchdog => false;
    public override int ProtectionLevel => IsSecured ? 1 : 0;

    /// <summary>FSEC.SEC is not 10b: the debug port has the MDM-AP alone.</summary>
    public bool IsSecured => (Security & SecurityMask) != Unsecure;

    /// <summary>The MDM-AP may erase everything.</summary>
    public virtual bool MayMassErase => true;

    /// <summary>FSEC.KEYEN is 10b.</summary>
    public bool HasBackdoor => Security >> 6 == 2;

    protected MemoryRegion Flash { get; }

    /// <summary>FSTAT without CCIF; FSEC.</summary>
    protected abstract byte Status { get; set; }
    protected abstract byte Security { get; set; }

    /// <summary>A reset in the middle of a command leaves what it wrote undefined. The configuration field is loaded.</summary>
    public override void Reset()
    {
        Work.Abort();
        Load();
    }

    /// <summary>Erases everything whatever is protected, and makes the part unsecure, in its configuration field too.</summary>
    /// <param name="finished">Called at its end.</param>
    /// <returns>False: FSEC forbids it, or a command is running.</returns>
    public abstract bool EraseFromOutside(Action finished);

    public override uint Read(uint offset, int width)
    {
        uint value = 0;
        for (int i = 0; i < width; i++) value |= (uint)ReadByte(offset + (uint)i) << i * 8;
        return value;
    }

    protected abstract byte ReadByte(uint offset);

    /// <summary>Registers as a reset leaves them.</summary>
    protected abstract void Load();

    protected abstract void Launch();

    protected abstract bool IsProtected(uint address);

    /// <summary>FSTAT is written.</summary>
    /// <param name="value">The byte.</param>
    /// <param name="errors">Flags that a one clears.</param>
    protected void WriteStatus(byte value, byte errors)
    {
        bool blocked = (Status & ~value & (Accerr | Fpviol)) != 0;
        Status &= (byte)~(value & errors);
        if ((value & Ccif) != 0 && !Work.Busy && !blocked) Launch();
    }

    protected void Refuse(byte flag) => Status |= flag;

    protected bool Takes(uint address, uint length, uint alignment)
    {
        if ((address & alignment - 1) == 0 && length != 0 && address < Flash.Size && length <= Flash.Size - address) return true;
        Refuse(Accerr);
        return false;
    }

    protected bool MayChange(uint address)
    {
        if (!IsProtected(address)) return true;
        Refuse(Fpviol);
        return false;
    }

    /// <summary>No sector is protected.</summary>
    /// <param name="sector">Bytes.</param>
    protected bool MayChangeAll(uint sector)
    {
        for (uint at = 0; at < Flash.Size; at += sector)
            if (!MayChange(at)) return false;
        return true;
    }

    /// <summary>Bits go from 1 to 0 only. True: what stands there now is not what was wanted.</summary>
    protected bool Burn(uint address, ReadOnlySpan<byte> data)
    {
        var cells = Flash.Span.Slice((int)address, data.Length);
        for (int i = 0; i < data.Length; i++) cells[i] &= data[i];
        return !cells.SequenceEqual(data);
    }

    protected bool IsErased(uint address, uint length) => !Flash.Span.Slice((int)address, (int)length).ContainsAnyExcept((byte)0xFF);

    protected void EraseSector(uint address, uint sector, ulong duration)
    {
        uint first = address & ~(sector - 1);
        Flash.Span.Slice((int)first, (int)sector).Fill(0xFF);
        Run(first, sector, duration, () => { });
    }

    /// <summary>Security is released in the register; the configuration field is erased with everything else.</summary>
    protected void EraseEverything(ulong duration, Action end)
    {
        Flash.Span.Fill(0xFF);
        Run(0, Flash.Size, duration, () =>
        {
            Security = (byte)(Security & ~SecurityMask | Unsecure);
            end();
            RaiseChanged();
        });
    }

    /// <summary>Takes its time. A debugger that reads meanwhile reads what is of no use; a core that fetches it does anything.</summary>
    protected void Run(uint address, uint length, ulong duration, Action end)
    {
        Work.Begin(Flash, 0, Flash.Size, (address, length), Die.Time.Now, duration, () =>
        {
            end();
            Flash.ContentsChanged();
        });
        Flash.OnRead = offset =>
        {
            if (!Work.ForDebugPort) throw new BenchStop($"{_name}: the core reads flash at 0x{offset:X} while a command runs");
            NoteCollision();
        };
    }

    /// <summary>A debugger reads the flash while a command runs.</summary>
    protected virtual void NoteCollision() { }
}
