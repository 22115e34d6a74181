namespace SharpProbe.Sim.Adi;

/// <summary>States of a test access port's controller (IEEE 1149.1, figure 6-1).</summary>
public enum TapState : byte
{
    TestLogicReset, RunTestIdle,
    SelectDr, CaptureDr, ShiftDr, Exit1Dr, PauseDr, Exit2Dr, UpdateDr,
    SelectIr, CaptureIr, ShiftIr, Exit1Ir, PauseIr, Exit2Ir, UpdateIr,
}
