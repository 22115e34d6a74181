using static SharpProbe.Sim.Adi.TapState;

namespace SharpProbe.Sim.Adi;

/// <summary>The state that follows a rising edge of TCK.</summary>
static class TapStates
{
    // By state: with TMS low, with TMS high.
    private static readonly (TapState Low, TapState High)[] s_next =
    [
        (RunTestIdle, TestLogicReset), (RunTestIdle, SelectDr),
        (CaptureDr, SelectIr), (ShiftDr, Exit1Dr), (ShiftDr, Exit1Dr), (PauseDr, UpdateDr), (PauseDr, Exit2Dr), (ShiftDr, UpdateDr), (RunTestIdle, SelectDr),
        (CaptureIr, TestLogicReset), (ShiftIr, Exit1Ir), (ShiftIr, Exit1Ir), (PauseIr, UpdateIr), (PauseIr, Exit2Ir), (ShiftIr, UpdateIr), (RunTestIdle, SelectDr),
    ];

    public static TapState Next(TapState state, bool tms) => tms ? s_next[(int)state].High : s_next[(int)state].Low;
}
