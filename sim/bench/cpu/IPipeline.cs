namespace SharpProbe.Sim.Cpu;

/// <summary>Advances time for one instruction, before it executes.</summary>
internal unsafe interface IPipeline
{
    static abstract void Issue(Core c, Op* op);
}
