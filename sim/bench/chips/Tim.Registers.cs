namespace SharpProbe.Sim.Chips;

public sealed partial class Tim
{
    private const uint FlagsOfFour = 0x1E5F, EnablesOfFour = 0x5F5F;

    private readonly Register[] _ccmr = new Register[2], _ccr = new Register[4];
    private Register _cr1 = null!, _dier = null!, _sr = null!, _psc = null!, _arr = null!, _ccer = null!;

    private void AddRegisters()
    {
        bool general = _features.Channels > 0;
        _cr1 = Add(new()
        {
            Name = "CR1", Offset = 0x00, ReadMask = _features.Cr1, WriteMask = _features.Cr1, Widths = 6,
            Unmodelled = [new("DIR", 1 << 4), new("CMS", 3 << 5), new("UIFREMAP", 1 << 11)],
            OnWrite = (old, _) => Enable((old & 1) != 0),
        });
        uint cr2 = general ? 0xF8u : 0x70;
        Add(new() { Name = "CR2", Offset = 0x04, ReadMask = cr2, WriteMask = cr2, Widths = 6, Unmodelled = [new("MMS", 7 << 4), new("TI1S", 1 << 7)] });
        uint enables = general ? EnablesOfFour : 0x101, flags = general ? FlagsOfFour : 1;
        _dier = Add(new()
        {
            Name = "DIER", Offset = 0x0C, ReadMask = enables, WriteMask = enables, Widths = 6,
            Unmodelled = [new("TIE", 1 << 6), new("TDE", 1 << 14)], OnWrite = (_, _) => UpdateInterrupt(),
        });
        // A zero clears a flag, a one keeps it (rc_w0).
        _sr = Add(new()
        {
            Name = "SR", Offset = 0x10, ReadMask = flags, WriteMask = flags, Widths = 6,
            OnWrite = (old, written) => { _sr!.Value = old & written; UpdateInterrupt(); },
        });
        Add(new() { Name = "EGR", Offset = 0x14, ReadMask = 0, WriteMask = 0, Widths = 6, Unmodelled = general ? [new("TG", 1 << 6)] : [], OnWrite = (_, written) => Generate(written) });
        uint wide = _features.Max;
        Add(new() { Name = "CNT", Offset = 0x24, ReadMask = wide, WriteMask = wide, Widths = 6, OnRead = () => Count, OnWrite = (_, written) => CountFrom(written & wide) });
        _psc = Add(new() { Name = "PSC", Offset = 0x28, ReadMask = 0xFFFF, WriteMask = 0xFFFF, Widths = 6 });
        _arr = Add(new() { Name = "ARR", Offset = 0x2C, Reset = wide, ReadMask = wide, WriteMask = wide, Widths = 6, OnWrite = (_, _) => WriteReload() });
        if (general) AddChannels(wide);
    }

    private void AddChannels(uint wide)
    {
        Add(new() { Name = "SMCR", Offset = 0x08, ReadMask = _features.Smcr, WriteMask = _features.Smcr, Widths = 6, Unmodelled = [new("slave mode, trigger or external clock", _features.Smcr)] });
        for (int i = 0; i < 2; i++)
            _ccmr[i] = Add(new()
            {
                Name = $"CCMR{i + 1}", Offset = 0x18 + 4 * (uint)i, ReadMask = 0x0101_FFFF, WriteMask = 0x0101_FFFF, Widths = 6,
                OnWrite = (_, _) => { CheckModes(); DriveOutputs(Count, null); },
            });
        _ccer = Add(new() { Name = "CCER", Offset = 0x20, ReadMask = 0xBBBB, WriteMask = 0xBBBB, Widths = 6, OnWrite = (_, _) => DriveOutputs(Count, null) });
        for (int i = 0; i < 4; i++)
        {
            int n = i;
            _ccr[i] = Add(new()
            {
                Name = $"CCR{n + 1}", Offset = 0x34 + 4 * (uint)n, ReadMask = wide, WriteMask = wide, Widths = 6,
                OnRead = () => ReadCompare(n), OnWrite = (_, _) => WriteCompare(n),
            });
        }
        Add(new() { Name = "DCR", Offset = 0x48, ReadMask = 0x1F1F, WriteMask = 0x1F1F, Widths = 6, Unmodelled = [new("DMA burst", 0x1F1F)] });
        Add(new() { Name = "DMAR", Offset = 0x4C, ReadMask = 0xFFFF, WriteMask = 0xFFFF, Widths = 6, Unmodelled = [new("DMA burst", 0xFFFF)] });
        foreach (var (name, offset, mask) in _features.Options)
            Add(new() { Name = name, Offset = offset, ReadMask = mask, WriteMask = mask, Widths = 6, Unmodelled = [new("input remapping", mask)] });
    }

    private void Enable(bool was)
    {
        if (Running && !was) CountFrom(_stoppedAt);
        else if (!Running && was)
        {
            _stoppedAt = CountAt(_die.Time.Now);
            _next?.Cancel();
        }
    }

    private void Generate(uint written)
    {
        for (int n = 0; n < _features.Channels; n++)
            if ((written & 2u << n) != 0) Flag(n);
        if ((written & 1) == 0) return;
        if (!_cr1[1]) UpdateEvent(setFlag: !_cr1[2]);   // UDIS; URS: only an overflow sets UIF
        CountFrom(0);
        DriveOutputs(0, null);
    }

    private void WriteReload()
    {
        if (_cr1[7]) return;
        uint count = Count;
        _arrActive = _arr.Value;
        if (Running) Schedule(count);
    }

    private bool Preloaded(int channel) => _ccmr[channel / 2][channel % 2 * 8 + 3];

    private void WriteCompare(int channel)
    {
        if (Selection(channel) != 0 || Preloaded(channel)) return;
        _ccrActive[channel] = _ccr[channel].Value;
        uint count = Count;
        if (Running) Schedule(count);
        DriveOutputs(count, null);
    }

    private uint ReadCompare(int channel)
    {
        if (Selection(channel) != 0)
        {
            _sr[channel + 1] = false;
            UpdateInterrupt();
        }
        return _ccr[channel].Value;
    }

    private void CheckModes()
    {
        for (int n = 0; n < _features.Channels; n++)
        {
            uint field = _ccmr[n / 2].Field(n % 2 * 8, 8);
            string? missing = (field & 3) switch
            {
                0 when Mode(n) > 7 => $"OC{n + 1}M = {Mode(n)}",
                0 when (field & 0x80) != 0 => $"OC{n + 1}CE",
                1 or 2 when (field & 0xFC) != 0 => $"filter or prescaler of input {n + 1}",
                3 => $"CC{n + 1}S = 3",
                _ => null,
            };
            if (missing is not null) throw new BenchStop($"{Name}.CCMR{n / 2 + 1}: {missing}, which is not modelled");
        }
    }
}
