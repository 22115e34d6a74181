namespace SharpProbe.Sim.Adi;

/// <summary>TAPs on common TCK and TMS, in a row from TDI to TDO (IEEE 1149.1). Samples at the rising edge of TCK; TDO changes at the falling one, and is let go outside the shift states.</summary>
/// <param name="taps">The first is the one at TDI.</param>
public sealed class JtagChain(params Tap[] taps)
{
    public TapState State { get; private set; } = TapState.TestLogicReset;

    public JtagFaults Faults { get; } = new();

    /// <summary>Power-on, or nTRST.</summary>
    public void Reset()
    {
        State = TapState.TestLogicReset;
        foreach (var tap in taps) tap.Reset();
    }

    internal void Rise(bool tms, bool tdi, ulong now)
    {
        switch (State)
        {
            case TapState.CaptureIr:
                foreach (var tap in taps) tap.CaptureIr();
                break;
            case TapState.CaptureDr:
                foreach (var tap in taps) tap.CaptureDr(now);
                break;
            case TapState.ShiftIr or TapState.ShiftDr:
                Shift(tdi);
                break;
        }
        State = TapStates.Next(State, tms);
        if (State == TapState.TestLogicReset) Reset();
    }

    /// <summary>What TDO shows from now on; null: it is let go.</summary>
    internal bool? Fall(ulong now)
    {
        if (State == TapState.UpdateIr)
            foreach (var tap in taps) tap.UpdateIr();
        if (State == TapState.UpdateDr)
            foreach (var tap in taps) tap.UpdateDr(now);
        if (State is not (TapState.ShiftIr or TapState.ShiftDr)) return null;
        return Faults.Seen(Faults.BrokenAfter == taps.Length - 1 || taps[^1].Out);
    }

    private void Shift(bool bit)
    {
        if (Faults.BrokenAfter == -1) bit = true;
        for (int i = 0; i < taps.Length; i++)
        {
            bool next = taps[i].Out;
            taps[i].Shift(bit);
            bit = next || Faults.BrokenAfter == i;
        }
    }
}
