namespace SharpProbe.Sim.Chips.Sam;

/// <summary>
/// Device service unit of SAM D, L, C and E5x (DS40001882 and DS60001507, "DSU"): identification, chip erase, CRC over memory, the extended reset. What a debugger sees at 0x100 and up are the same
/// registers, the only ones that a secured part leaves it. MBIST is not modelled.
/// </summary>
public sealed class Dsu : SamBlock
{
    private const uint External = 0x100, Crc = 4, Mbist = 8, ChipErase = 16;
    private const uint DoneBit = 1, Extension = 2, BusError = 4, Fail = 8, Protection = 16;
    // Reflected 0x04C11DB7.
    private const uint Polynomial = 0xEDB8_8320;

    private readonly Die _die;
    private readonly SamNvm _nvm;
    private readonly IReadOnlyList<MemoryRegion> _rams;
    private readonly SamRegister _address, _length, _data;
    private uint _status;
    private bool _erasing;

    /// <param name="die">The chip.</param>
    /// <param name="nvm">Its flash.</param>
    /// <param name="did">Device identification.</param>
    /// <param name="eraseLocked">The chip erase is refused; null: it never is.</param>
    /// <param name="rams">What a chip erase clears.</param>
    public Dsu(Die die, SamNvm nvm, uint did, Func<bool>? eraseLocked, IReadOnlyList<MemoryRegion> rams) : base("DSU")
    {
        (_die, _nvm, _rams) = (die, nvm, rams);
        Add(new() { Name = "CTRL", Offset = 0x00, Size = 1, OnWrite = v => Start(v, eraseLocked) });
        Add(new() { Name = "STATUSA", Offset = 0x01, Size = 1, OnRead = () => _status, OnWrite = ClearStatus });
        Add(new() { Name = "STATUSB", Offset = 0x02, Size = 1, OnRead = () => (_nvm.IsSecured ? 1u : 0) | DebuggerPresent | 1 << 4 });
        _address = Add(new() { Name = "ADDR", Offset = 0x04, Size = 4, WriteMask = ~3u });
        _length = Add(new() { Name = "LENGTH", Offset = 0x08, Size = 4, WriteMask = ~3u });
        _data = Add(new() { Name = "DATA", Offset = 0x0C, Size = 4, WriteMask = ~0u });
        Add(new() { Name = "DCC0", Offset = 0x10, Size = 4, WriteMask = ~0u });
        Add(new() { Name = "DCC1", Offset = 0x14, Size = 4, WriteMask = ~0u });
        Add(new() { Name = "DID", Offset = 0x18, Size = 4, Reset = did });
    }

    /// <summary>Nobody but a debugger asks.</summary>
    private const uint DebuggerPresent = 2;

    /// <summary>The core is kept in reset until the debugger lets it go.</summary>
    public bool ExtendsReset => (_status & Extension) != 0;

    /// <summary>The extended reset is over.</summary>
    public event Action? Released;

    public override void Reset()
    {
        base.Reset();
        (_status, _erasing) = (0, false);
    }

    /// <summary>The reset pin rose while SWCLK was low ("CPU reset extension").</summary>
    public void ExtendReset() => _status |= Extension;

    public override uint Read(uint offset, int width) => offset >= 2 * External ? 0 : base.Read(offset % External, width);

    public override void Write(uint offset, uint value, int width)
    {
        if (offset < 2 * External) base.Write(offset % External, value, width);
    }

    private void ClearStatus(uint written)
    {
        // "It is not possible to release the CPU reset extension when the device is protected."
        if ((written & Extension) != 0 && ExtendsReset && _nvm.IsSecured)
        {
            _status |= Protection;
            written &= ~Extension;
        }
        bool released = (written & _status & Extension) != 0;
        _status &= ~written;
        if (released) Released?.Invoke();
    }

    private void Start(uint written, Func<bool>? eraseLocked)
    {
        if (_erasing || written == 0) return;
        if ((written & Mbist) != 0) throw new BenchStop("DSU.CTRL: MBIST is not modelled");
        if ((written & ChipErase) != 0)
        {
            if (eraseLocked?.Invoke() == true)
            {
                _status |= Protection;
                return;
            }
            _erasing = true;
            foreach (var ram in _rams)
            {
                ram.Span.Clear();
                ram.ContentsChanged();
            }
            _nvm.EraseChip(() =>
            {
                _erasing = false;
                _status |= DoneBit;
            });
        }
        else if ((written & Crc) != 0) Check();
    }

    /// <summary>It takes less than a debugger's next look.</summary>
    private void Check()
    {
        if (_nvm.IsSecured)
        {
            _status |= Protection;
            return;
        }
        uint crc = _data.Value;
        for (uint at = 0; at < _length.Value; at += 4)
        {
            if (!_die.Bus.TryRead(_address.Value + at, 4, out uint word))
            {
                _status |= DoneBit | BusError;
                return;
            }
            crc ^= word;
            for (int bit = 0; bit < 32; bit++) crc = crc >> 1 ^ ((crc & 1) != 0 ? Polynomial : 0);
        }
        _data.Value = crc;
        _status |= DoneBit;
        _status &= ~Fail;
    }
}
