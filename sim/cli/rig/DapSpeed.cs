namespace SharpProbe.Sim.Cli.Rig;

/// <summary>Of a target's RAM through CMSIS-DAP, in kB/s of simulated time.</summary>
public readonly record struct DapSpeed(double Write, double Read);
