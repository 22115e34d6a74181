namespace SharpProbe.Sim.Adi;

/// <summary>A DP or AP register that a transfer was about.</summary>
public enum SwdRegister : byte
{
    None,
    Dpidr, Abort, CtrlStat, Select, Resend, Rdbuff, Dlcr, TargetId, Dlpidr, EventStat, TargetSel, DpReserved,
    Csw, Tar, Drw, Bd0, Bd1, Bd2, Bd3, Cfg, Base, Idr, ApReserved,
}
