using System;
using System.Buffers.Binary;
using SharpProbe.Adi;
using SharpProbe.Io;

namespace SharpProbe.Target.Cortex;

/// <summary>
/// The registers of a halted core, by gdb's numbers and by DCRSR's REGSEL. What was read is kept until the core runs; what is written goes to the core at once.
/// </summary>
sealed class CoreRegisters(CoreControl control, Clock clock, AttachedState state)
{
    /// <summary>gdb's numbers: those of its arm target up to 25, then ours in the description's order. The last, an ARMv8-M core's secure main stack limit, gdb does not know.</summary>
    public const int Sp = 13, Lr = 14, Pc = 15, Xpsr = 25, Msp = 26, Psp = 27, Primask = 28, Control = 31, D0 = 32, Fpscr = 48, Msplim = 49;

    /// <summary>DCRSR.REGSEL (DDI 0403E, C1.6.3): CONTROL, FAULTMASK, BASEPRI and PRIMASK are the bytes of one word.</summary>
    private const int SelectXpsr = 16, SelectMsp = 17, SelectPsp = 18, SelectSpecial = 20, SelectMsplim = 28, SelectFpscr = 0x21, SelectS0 = 0x40;

    /// <summary>REGSEL is below this.</summary>
    public const int Selects = 0x60;

    private const uint REGWnR = 1 << 16;

    /// <summary>ms that one transfer may take: a core clock of a few kHz.</summary>
    private const uint TimeLimit = 100;

    private readonly uint[] _values = state.Registers;
    private readonly bool[] _known = state.Known;

    /// <summary>The core has floating-point registers.</summary>
    public bool HasFpu { get; set; }

    /// <summary>The core has BASEPRI and FAULTMASK.</summary>
    public bool HasBasepri { get; set; }

    public int Count => HasFpu ? Fpscr + 1 : Control + 1;

    /// <summary>Forgets all: the core runs, or has run.</summary>
    public void Invalidate() => _known.AsSpan().Clear();

    public int Size(int number) => number switch
    {
        < 0 => 0,
        <= Pc => 4,
        Xpsr or Msp or Psp => 4,
        Primask or Control => 1,
        > Primask and < Control => HasBasepri ? 1 : 0,
        >= D0 and < Fpscr => HasFpu ? 8 : 0,
        Fpscr => HasFpu ? 4 : 0,
        _ => 0,
    };

    public DebugFault Read(int number, Span<byte> value)
    {
        int size = Size(number);
        if (size == 0 || value.Length < size) return FaultKind.NoSuchRegister;
        int select = Select(number);
        DebugFault fault = ReadSelected(select, out uint word);
        if (fault.Failed) return fault;
        if (size == 1)
        {
            value[0] = (byte)(word >> Shift(number));
            return fault;
        }
        BinaryPrimitives.WriteUInt32LittleEndian(value, word);
        if (size == 4) return fault;
        fault = ReadSelected(select + 1, out word);
        BinaryPrimitives.WriteUInt32LittleEndian(value[4..], word);
        return fault;
    }

    public DebugFault Write(int number, ReadOnlySpan<byte> value)
    {
        int size = Size(number);
        if (size == 0 || value.Length < size) return FaultKind.NoSuchRegister;
        int select = Select(number);
        if (size == 1)
        {
            DebugFault fault = ReadSelected(select, out uint word);
            if (fault.Failed) return fault;
            int shift = Shift(number);
            return WriteSelected(select, word & ~(0xFFu << shift) | (uint)value[0] << shift);
        }
        DebugFault low = WriteSelected(select, BinaryPrimitives.ReadUInt32LittleEndian(value));
        if (low.Failed || size == 4) return low;
        return WriteSelected(select + 1, BinaryPrimitives.ReadUInt32LittleEndian(value[4..]));
    }

    /// <summary>A 32-bit register by gdb's number.</summary>
    public DebugFault Read(int number, out uint value) => ReadSelected(Select(number), out value);

    public DebugFault Write(int number, uint value) => WriteSelected(Select(number), value);

    private static int Select(int number) => number switch
    {
        <= Pc => number,
        Xpsr => SelectXpsr,
        Msp => SelectMsp,
        Psp => SelectPsp,
        <= Control => SelectSpecial,
        < Fpscr => SelectS0 + (number - D0) * 2,
        Fpscr => SelectFpscr,
        _ => SelectMsplim,
    };

    private static int Shift(int number) => (number - Primask) * 8;

    private DebugFault ReadSelected(int select, out uint value)
    {
        Own();
        value = _values[select];
        if (_known[select]) return DebugFault.None;
        DebugFault fault = control.Bus.Write32(Scs.DCRSR, (uint)select);
        if (fault.Ok) fault = WaitReady();
        if (fault.Ok) fault = control.Bus.Read32(Scs.DCRDR, out value);
        if (fault.Failed) return fault;
        Keep(select, value);
        return fault;
    }

    private DebugFault WriteSelected(int select, uint value)
    {
        Own();
        DebugFault fault = control.Bus.Write32(Scs.DCRDR, value);
        if (fault.Ok) fault = control.Bus.Write32(Scs.DCRSR, REGWnR | (uint)select);
        if (fault.Ok) fault = WaitReady();
        if (select is Sp or SelectMsp or SelectPsp or SelectSpecial)            // sp is msp or psp, by CONTROL.SPSEL
            _known[Sp] = _known[SelectMsp] = _known[SelectPsp] = false;
        _known[select] = false;
        if (fault.Failed) return fault;
        if (select is not (SelectXpsr or SelectSpecial or Pc)) Keep(select, value);    // these keep only some bits of what is written
        return fault;
    }

    /// <summary>What is known of another core is nothing here.</summary>
    private void Own()
    {
        if (state.Owner == control) return;
        state.Owner = control;
        Invalidate();
    }

    private void Keep(int select, uint value)
    {
        _values[select] = value;
        _known[select] = true;
    }

    private DebugFault WaitReady()
    {
        uint start = clock.Milliseconds;
        while (true)
        {
            DebugFault fault = control.Read(out uint dhcsr);
            if (fault.Failed) return fault;
            if ((dhcsr & Dhcsr.S_REGRDY) != 0) return DebugFault.None;
            if ((dhcsr & Dhcsr.S_HALT) == 0) return FaultKind.NotHalted;
            if (clock.Milliseconds - start > TimeLimit) return FaultKind.RegisterTimeout;
        }
    }
}
