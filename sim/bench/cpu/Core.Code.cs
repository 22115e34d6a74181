using SharpProbe.Sim.Cpu.Decoding;

namespace SharpProbe.Sim.Cpu;

/// <summary>Decoded code: made on first execution, forgotten when bytes change.</summary>
public sealed unsafe partial class Core
{
    private readonly Dictionary<uint, CodePage> _code = [];
    // Pages that were dropped while an instruction of theirs may still be running.
    private readonly List<CodePage> _retired = [];

    /// <summary>Drops decoded instructions of a range: FPB changes, or bytes changed behind the core's back. Aliases are the caller's business.</summary>
    public void InvalidateCode(uint address, uint size)
    {
        if (size == 0) return;
        uint first = address >> Page.Bits, last = (address + (size - 1)) >> Page.Bits;
        if (last - first < 4)
        {
            for (uint page = first; page <= last; page++) Retire(page);
            return;
        }
        foreach (uint page in _code.Keys.ToArray())
            if (page >= first && page <= last) Retire(page);
    }

    /// <summary>Drops every decoded instruction.</summary>
    public void InvalidateCode()
    {
        foreach (uint page in _code.Keys.ToArray()) Retire(page);
    }

    private void Retire(uint page)
    {
        if (!_code.Remove(page, out var code)) return;
        _pages[page].Ops = null;
        _retired.Add(code);
    }

    private void FreeRetired()
    {
        foreach (var code in _retired) code.Free();
        _retired.Clear();
    }

    /// <summary>The decoded page of an address without a direct pointer: checks that instructions may be fetched there.</summary>
    private Op* FindOps(uint pc)
    {
        uint number = pc >> Page.Bits;
        CheckFetch(pc);
        var mapping = Bus.Find(pc) ?? throw new CoreFault(FaultKind.InstructionBus, pc);
        var region = mapping.Region ?? throw new CoreFault(FaultKind.InstructionBus, pc);
        if (!_code.TryGetValue(number, out var code))
        {
            _code.Add(number, code = new CodePage(number));
            // Writes must be seen from now on, at every address of this memory.
            foreach (var alias in Bus.Mappings)
                if (alias.Region == region) _pages[(pc - mapping.Address + alias.Address) >> Page.Bits].Write = null;
        }
        if (region.OnRead is { } gate)
        {
            gate(pc - mapping.Address);         // may retire the page
            if (!mapping.Reads(pc)) throw new CoreFault(FaultKind.InstructionBus, pc);
        }
        else if (HasHoles(mapping, number))
        {
            if (!mapping.Reads(pc)) throw new CoreFault(FaultKind.InstructionBus, pc);
        }
        else
        {
            bool read = true, write = true, fetch = true;
            PageRights(number << Page.Bits, ref read, ref write, ref fetch);
            if (fetch && Covers(mapping, number))
            {
                Touch(number);
                _pages[number].Ops = code.Ops;
                _pages[number].FetchExtra = MemoryFetchExtra(region, pc);
            }
        }
        return code.Ops;
    }

    private void CheckFetch(uint address)
    {
        // System space and peripherals never execute, whatever the MPU says (DDI0403 table B3-1).
        if (address >> 29 is 2 or 5 or 6 or 7) throw new CoreFault(FaultKind.InstructionAccess, address);
        CheckAccess(address, AccessKind.Fetch, Privileged);
    }

    private ushort FetchHalf(uint address)
    {
        CheckFetch(address);
        if (Bus.Find(address) is not { Region: { } region } mapping) throw new CoreFault(FaultKind.InstructionBus, address);
        return *(ushort*)(region.Bytes + (address - mapping.Address));
    }

    /// <summary>Decodes the slot of the instruction at <see cref="InstructionAddress"/>.</summary>
    private void Decode(Op* op)
    {
        uint address = InstructionAddress;
        bool breakpoint = false;
        CodeBreakpoint(address, ref breakpoint);
        uint first = FetchHalf(address), second = 0;
        bool wide = first >> 11 >= 0b11101;
        if (wide) second = FetchHalf(address + 2);
        *op = default;
        Decoder.Decode(this, address, wide ? first << 16 | second : first, wide, op);
        op->Size = (byte)(wide ? 4 : 2);
        if (!breakpoint) return;
        op->Run = op->RunInIt = &RunCodeBreakpoint;
        op->Cost = CostClass.Breakpoint;
    }

    private static void RunCodeBreakpoint(Core c, Op* op)
    {
        c.BackToInstruction();
        c.CodeBreakpointHit();
    }

    /// <summary>The instruction that runs has not happened: PC and ITSTATE as before it.</summary>
    internal void BackToInstruction()
    {
        _pc = InstructionAddress;
        if (_itBefore != 0) ItState = _itBefore;
        _itBefore = 0;
    }
}
