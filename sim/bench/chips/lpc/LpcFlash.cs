using System.Buffers.Binary;
using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Chips.Lpc;

/// <summary>
/// Main flash of an LPC, which only the boot ROM's code erases and programs; while it does, whoever reads it waits. Until software puts flash at address 0, the first 64 bytes are the boot ROM's
/// vectors there. The word at 0x2FC closes the debug port from the next reset on (UM10360 32.6). An LPC43xx has two banks, of which each can be read while the other is at work, and no such window.
/// </summary>
public sealed class LpcFlash : TargetFlash
{
    private const int ProtectionWord = 0x2FC;
    private static readonly uint[] Closing = [0x1234_5678, 0x8765_4321, 0x4321_8765];

    private readonly byte[] _rom, _hidden = new byte[LpcRom.Window];
    private bool _closed;

    /// <param name="die">The chip.</param>
    /// <param name="banks">The flash.</param>
    /// <param name="rom">The boot ROM whose vectors are seen at the flash's beginning; null: they are not.</param>
    public LpcFlash(Die die, MemoryRegion[] banks, MemoryRegion? rom) : base(die)
    {
        Banks = banks;
        _rom = rom is null ? [] : rom.Span[..LpcRom.Window].ToArray();
        foreach (var array in banks)
        {
            array.Span.Fill(0xFF);
            array.OnWrite = (offset, _, _) => throw new CoreFault(FaultKind.PreciseBus, array.Address + offset);
        }
    }

    public IReadOnlyList<MemoryRegion> Banks { get; }

    /// <summary>The first or only bank.</summary>
    public MemoryRegion Array => Banks[0];

    /// <summary>The boot ROM's vectors are at address 0.</summary>
    public bool ShowsRom { get; private set; }

    public override uint Latency => 0;
    public override bool HidesWaitStates => true;
    public override bool HardwareWatchdog => false;
    public override int ProtectionLevel => _closed ? 1 : 0;

    public override void Reset()
    {
        Work.Abort();
        Show(false);
        _closed = Banks.Any(bank => Closing.Contains(BinaryPrimitives.ReadUInt32LittleEndian(bank.Span[ProtectionWord..])));
        Show(true);
        RaiseChanged();
    }

    /// <summary>What is at address 0.</summary>
    public void Show(bool rom)
    {
        if (rom == ShowsRom || _rom.Length == 0) return;
        var window = Array.Span[..LpcRom.Window];
        if (rom)
        {
            window.CopyTo(_hidden);
            _rom.CopyTo(window);
        }
        else if (window.SequenceEqual(_rom)) _hidden.CopyTo(window);
        // Else a programmer of the maker's wrote there meanwhile.
        ShowsRom = rom;
        Array.ContentsChanged();
    }

    /// <param name="array">The bank.</param>
    /// <param name="start">Offset in it.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="duration">Femtoseconds.</param>
    public void Erase(MemoryRegion array, uint start, uint length, ulong duration) => Change(array, () => array.Span.Slice((int)start, (int)length).Fill(0xFF), start, length, duration);

    /// <summary>Bits go from 1 to 0 only.</summary>
    public void Program(MemoryRegion array, uint start, ReadOnlySpan<byte> data, ulong duration)
    {
        byte[] bytes = data.ToArray();
        Change(array, () =>
        {
            var cells = array.Span.Slice((int)start, bytes.Length);
            for (int i = 0; i < bytes.Length; i++) cells[i] &= bytes[i];
        }, start, (uint)bytes.Length, duration);
    }

    private void Change(MemoryRegion array, Action change, uint start, uint length, ulong duration)
    {
        bool rom = ShowsRom;
        Show(false);
        change();
        Show(rom);
        Work.Begin(array, 0, array.Size, (start, length), Die.Time.Now, duration, () => { });
    }
}
