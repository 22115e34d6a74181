namespace SharpProbe.Sim.Cpu;

/// <summary>Cycle counting: what depends on how an instruction went rather than on which it is.</summary>
public sealed unsafe partial class Core
{
    internal uint[] _costs = null!;
    internal M7Latency[] _latencies = null!;

    // Cortex-M7: registers not ready in this cycle and the next ones, 16 bits a cycle; and the issue slots taken in this cycle.
    internal ulong _late, _early;
    internal byte _taken;

    // Cycle at which the peripheral bus has done the last store.
    private ulong _storesDone;

    private void InitializeTiming()
    {
        _costs = CycleCosts.Table(Kind);
        _latencies = CycleCosts.Latencies();
        (_instructionLines, _dataLines) = (new(Features.InstructionCache, 2), new(Features.DataCache, 4));
        _takenBranch = CycleCosts.TakenBranch(Kind);
    }

    /// <summary>The pipeline does nothing else for some cycles.</summary>
    internal void Stall(ulong cycles)
    {
        if (cycles == 0) return;
        Time.Cycles += cycles;
        if (cycles >= 4) _late = _early = 0;
        else
        {
            _late >>= 16 * (int)cycles;
            _early >>= 16 * (int)cycles;
        }
        _taken = 0;
    }

    /// <summary>A conditional branch: two bits of history a branch, "backwards is taken" before there is any.</summary>
    internal void PredictDirection(Op* op, bool taken)
    {
        if (!IsM7)
        {
            if (taken) Time.Cycles += _takenBranch;
            return;
        }
        const int Known = 0x80;
        int history = op->Aux;
        if (history == 0) history = Known | (op->Imm <= InstructionAddress ? 2 : 1);
        if ((history & 2) != 0 != taken) Stall(CycleCosts.Mispredicted);
        int counter = history & 3;
        counter = taken ? Math.Min(counter + 1, 3) : Math.Max(counter - 1, 0);
        op->Aux = (byte)(Known | counter);
        if (taken) _taken = M7Pipeline.All;
    }

    /// <summary>A direct branch: free once its target is known.</summary>
    internal void PredictDirect(Op* op)
    {
        if (!IsM7)
        {
            Time.Cycles += _takenBranch;
            return;
        }
        if (op->Aux == 0)
        {
            op->Aux = 1;
            Stall(CycleCosts.UnknownBranch);
        }
        _taken = M7Pipeline.All;
    }

    /// <summary>A branch to a register or loaded address: right when it goes where it went last time.</summary>
    internal void PredictIndirect(Op* op)
    {
        if (!IsM7)
        {
            Time.Cycles += _takenBranch;
            return;
        }
        if (op->Target != _pc)
        {
            op->Target = _pc;
            Stall(CycleCosts.Mispredicted);
        }
        _taken = M7Pipeline.All;
    }

    /// <summary>A load from a peripheral waits for the stores before it, then for its own answer.</summary>
    private ulong DeviceReadCycles(uint address)
    {
        ulong wait = _storesDone > Time.Cycles ? _storesDone - Time.Cycles : 0;
        return wait + (BusTiming.Find(address)?.ReadCycles ?? CycleCosts.DeviceRead(Kind));
    }

    /// <summary>
    /// A store to a peripheral waits until the bus has done the one before; the core then goes on while the bus works on this one. The device
    /// sees it when the bus begins, so that edges of pins are as far apart as on silicon, each one store's bus time early.
    /// </summary>
    private void DeviceStore(uint address)
    {
        ulong busy = _storesDone > Time.Cycles ? _storesDone - Time.Cycles : 0;
        Stall(IsM7 ? Math.Max(busy, CycleCosts.DeviceStoreIssue) : busy);
        _storesDone = Time.Cycles + (BusTiming.Find(address)?.WriteCycles ?? CycleCosts.DeviceWrite(Kind));
    }

    private CacheTags _instructionLines = null!, _dataLines = null!;

    // The 32 bytes of code that the last instruction came from (address / 32).
    internal uint _line;

    /// <summary>Code goes on in other 32 bytes: free from TCM and on a hit in the I-cache.</summary>
    internal void FetchLine(uint line)
    {
        _line = line;
        uint extra = _pages[line >> Page.Bits - CacheTags.LineBits].FetchExtra;
        if (extra == 0) return;
        if (!Scb.InstructionCacheOn) Stall(extra * CycleCosts.UncachedFetches);
        else if (!_instructionLines.Touch(line)) Stall(extra);
    }

    /// <summary>A load from memory behind the AXI bus: free on a hit in the D-cache.</summary>
    private void DataFetch(uint address, uint extra)
    {
        if (!Scb.DataCacheOn || !_dataLines.Touch(address >> CacheTags.LineBits)) Stall(extra);
    }

    /// <summary>Cycles that a load of memory takes when no cache helps; simple pipelines have it in their table.</summary>
    private uint MemoryReadExtra(MemoryRegion region) => IsM7 ? CycleCosts.MemoryExtra(region.Timing, BusTiming) : 0;

    /// <summary>As <see cref="MemoryReadExtra"/>, for 32 bytes of code. On the ITCM bus (below 0x00400000) the ART accelerator hides the flash's waits (RM0431 3.3.2).</summary>
    private uint MemoryFetchExtra(MemoryRegion region, uint address) =>
        address < 0x0040_0000 && region.Timing == MemoryTiming.Flash && BusTiming.FlashPrefetch ? 0 : MemoryReadExtra(region);

    /// <summary>Cortex-M7: LDM and STM move 64 bits a cycle; the first cycle is the issue. Elsewhere the count of registers is in the table.</summary>
    internal void MultipleTime(uint words)
    {
        if (IsM7 && words > 2) Stall((words - 1) / 2);
    }

    /// <summary>Floating-point division and square root block the Cortex-M7's pipeline; elsewhere the table has them.</summary>
    internal void FloatDivideTime(uint cycles)
    {
        if (IsM7) Stall(cycles);
    }

    private uint _takenBranch;
}
