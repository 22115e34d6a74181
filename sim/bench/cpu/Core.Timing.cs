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

    /// <summary>A store to a peripheral goes to the store buffer; a full buffer stalls until the bus has taken one.</summary>
    private void DeviceStore(uint address)
    {
        ulong each = BusTiming.Find(address)?.WriteCycles ?? CycleCosts.DeviceWrite(Kind);
        if (IsM7) Stall(CycleCosts.DeviceStoreIssue);
        ulong now = Time.Cycles;
        _storesDone = Math.Max(_storesDone, now) + each;
        ulong hidden = CycleCosts.StoreBufferDepth * each;
        if (_storesDone - now > hidden) Stall(_storesDone - now - hidden);
    }

    /// <summary>Cycles that a load from memory takes longer than one from TCM, D-cache and ART considered on average.</summary>
    private uint MemoryReadExtra(MemoryRegion region) => 0;

    private uint _takenBranch;
}
