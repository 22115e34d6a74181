namespace SharpProbe.Sim.Chips.Rp2040;

/// <summary>A core's own view of the single-cycle IO (RP2040 datasheet 2.3.1): CPUID, the shared spin locks. GPIO, the FIFOs, divider and interpolators are not modelled.</summary>
public sealed class Sio : Peripheral
{
    private const int Locks = 32;

    /// <param name="core">0 or 1.</param>
    /// <param name="locks">A bit for each that is taken, shared.</param>
    public Sio(int core, SharedBits locks) : base("SIO")
    {
        Add(new() { Name = "CPUID", Offset = 0, WriteMask = 0, OnRead = () => (uint)core, OnWrite = (_, _) => { } });
        Add(new() { Name = "SPINLOCK_ST", Offset = 0x5C, WriteMask = 0, OnRead = () => locks.Value, OnWrite = (_, _) => { } });
        for (int i = 0; i < Locks; i++)
        {
            uint bit = 1u << i;
            Add(new()
            {
                Name = $"SPINLOCK{i}", Offset = 0x100 + (uint)i * 4, WriteMask = 0, OnWrite = (_, _) => locks.Value &= ~bit,
                OnRead = () =>
                {
                    // A read that finds it free takes it.
                    if ((locks.Value & bit) != 0) return 0;
                    locks.Value |= bit;
                    return bit;
                },
            });
        }
    }

    /// <summary>32 bits that two blocks share.</summary>
    public sealed class SharedBits
    {
        public uint Value { get; set; }
    }
}
