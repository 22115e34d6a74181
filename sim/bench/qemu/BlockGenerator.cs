using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Qemu;

/// <summary>Makes random programs whose every result is defined by the architecture; exceptions happen only where they are meant to.</summary>
public sealed class BlockGenerator
{
    private const int UnitsBetweenRefreshes = 8;
    private readonly Random _random;
    private readonly InstructionMix _mix;
    private readonly BlockWriter _writer;
    private readonly FlowUnits _flow;
    private readonly StackUnits _stack;
    private readonly ExceptionUnits _exceptions;

    private BlockGenerator(CoreKind kind, ulong seed)
    {
        _mix = InstructionMix.Of(kind);
        _random = new Random((int)((seed + 1) * 0x9E37_79B9_7F4A_7C15 >> 32));
        _writer = new BlockWriter(TestLayout.Code) { HasFpu = kind != CoreKind.CortexM3 };
        _flow = new FlowUnits(_random, _writer, this);
        _stack = new StackUnits(_random, _writer);
        _exceptions = new ExceptionUnits(_random, _writer, this);
    }

    /// <param name="kind">Which instructions there are: Cortex-M3, M4 or M7.</param>
    /// <param name="seed">The same seed gives the same instructions, whatever the distance of the snapshots.</param>
    /// <param name="count">About how many instructions to test.</param>
    /// <param name="snapshotEvery">Instructions between snapshots.</param>
    public static TestBlock Generate(CoreKind kind, ulong seed, int count, int snapshotEvery) => new BlockGenerator(kind, seed).Run(count, snapshotEvery);

    private TestBlock Run(int count, int snapshotEvery)
    {
        var window = new byte[TestLayout.WindowSize + TestLayout.CellsSize];
        _random.NextBytes(window.AsSpan(0, (int)TestLayout.WindowSize));
        BitConverter.TryWriteBytes(window.AsSpan((int)TestLayout.WindowSize + 4), TestLayout.ExceptionLog);
        Prologue();
        int unit = 0, last = _writer.Instructions;
        while (_writer.Instructions < count)
        {
            if (unit++ % UnitsBetweenRefreshes == 0) Refresh();
            int kind = _random.Next(100);
            if (kind < 78) Single();
            else if (kind < 94) _flow.Emit();
            else if (kind < 96) _exceptions.Emit();
            else _stack.Emit();
            if (_writer.Instructions - last < snapshotEvery) continue;
            _writer.Snapshot();
            last = _writer.Instructions;
        }
        _writer.Snapshot();
        _writer.Set(0, TestLayout.End | 1);
        _writer.Emit("", 0x4700, "BX R0");
        return new(_writer.Code, window, _writer.Lines, _writer.Snapshots, _writer.StackPointer, _writer.Counts, _writer.Instructions);
    }

    private void Prologue()
    {
        _writer.Set(0, TestLayout.LogTop);
        _writer.Emit("", 0x4685, "MOV SP, R0");
        _writer.Emit("", 0x2000, "MOVS R0, #0");
        foreach (uint special in (ReadOnlySpan<uint>)[9, 16, 17, 19]) _writer.Emit("", 0xF380_8800 | special, "MSR, R0 SYSm " + special);
        _writer.Emit("", 0xF3BF_8F2F, "CLREX");
    }

    /// <summary>New operands for everything: results alone would soon be all NaN and saturated.</summary>
    private void Refresh()
    {
        int register = _random.Next(13);
        if (_writer.HasFpu)
        {
            _writer.Set(register, TestValues.Status(_random));
            _writer.Emit("float move", 0xEEE1_0A10 | (uint)register << 12, $"VMSR FPSCR, R{register}");
            _writer.Set(register, TestLayout.Pool + TestLayout.PoolSize + (uint)_random.Next((int)TestLayout.PoolSize - 128) / 8 * 8);
            _writer.Emit("float memory double", 0xEC90_0B20 | (uint)register << 16, $"VLDMIA R{register}, D0-D15");
        }
        _writer.Set(register, TestValues.Integer(_random));
        uint fields = _writer.HasFpu ? 0xC00u : 0x800;   // GE comes with the DSP extension, which every core with an FPU has
        _writer.Emit("system", 0xF380_8000 | fields | (uint)register << 16, $"MSR APSR, R{register}");
        _writer.Set(register, TestLayout.Pool + (uint)_random.Next((int)TestLayout.PoolSize - 56) / 4 * 4);
        _writer.Emit("multiple transfer", 0xE890_5FFF | (uint)register << 16, $"LDMIA R{register}, R0-R12, LR");
    }

    private void Single() => Prepared(_mix.Any[_random.Next(_mix.Any.Length)])();

    /// <summary>Instructions that need nothing prepared, as opcodes: bodies of branches and IT blocks.</summary>
    internal (Encoding Row, uint Opcode) Simple(bool inIt)
    {
        var rows = inIt ? _mix.PlainInIt : _mix.Plain;
        Span<int> fields = stackalloc int[128];
        var row = rows[_random.Next(rows.Length)];
        row.Choose(_random, fields);
        return (row, row.Encode(fields));
    }

    /// <summary>Any row that an IT block may hold; the registers it needs are set now, the returned action emits it.</summary>
    internal Action PreparedForIt() => Prepared(_mix.AnyInIt[_random.Next(_mix.AnyInIt.Length)]);

    private Action Prepared(Encoding row)
    {
        Span<int> fields = stackalloc int[128];
        row.Choose(_random, fields);
        if (row.Access is { } access) Steer(row, access, fields);
        uint opcode = row.Encode(fields);
        return () => _writer.Emit(row, opcode);
    }

    /// <summary>Puts the address (or value) that a row needs into its registers.</summary>
    private void Steer(Encoding row, Access access, ReadOnlySpan<int> fields)
    {
        switch (access.Kind)
        {
            case AccessKind.Stack:
                if (access.Store) _writer.Reserve((uint)(fields['i'] * access.Scale + access.Bytes));
                return;
            case AccessKind.Value:
                _writer.Set(row.Has('n') ? fields['n'] : fields['t'], TestValues.Integer(_random) & access.Mask);
                return;
        }
        int bytes = access.Bytes != 0 ? access.Bytes : 4 * (row.Has('r') ? int.PopCount(fields['r']) : fields['c']);
        uint address = Address(bytes, access.Align, access.Store);
        if (access.Kind == AccessKind.Offset)
        {
            int sign = row.Has('U') ? 2 * fields['U'] - 1 : access.Sign;
            address -= (uint)(sign * fields['i'] * access.Scale);
        }
        else if (access.Kind == AccessKind.ListDown) address += (uint)bytes;
        else if (access.Kind == AccessKind.Register)
        {
            uint index = (uint)_random.Next(-64, 256);
            _writer.Set(fields['m'], index);
            address -= index << fields['s'];
        }
        _writer.Set(fields['n'], address);
    }

    /// <summary>An address for an access of that many bytes: anywhere in the pools and the window to read, in the window to write.</summary>
    internal uint Address(int bytes, int align, bool store)
    {
        uint first = store ? TestLayout.Window : TestLayout.Pool;
        int room = (int)(TestLayout.Window + TestLayout.WindowSize - first) - bytes;
        uint address = first + (uint)_random.Next(room + 1);
        if (align == 1 && _random.Next(2) == 0) align = int.Min(bytes, 4);
        return address / (uint)align * (uint)align;
    }
}
