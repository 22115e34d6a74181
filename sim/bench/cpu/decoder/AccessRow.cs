using SharpProbe.Sim.Cpu.Execute;

namespace SharpProbe.Sim.Cpu.Decoding;

/// <summary>The executing methods of one load or store width.</summary>
internal readonly unsafe struct AccessRow
{
    public readonly delegate*<Core, Op*, void> Offset, Register, Literal, Indexed, Unprivileged;
    public readonly delegate*<Core, Op*, void> StoreOffset, StoreRegister, StoreIndexed, StoreUnprivileged;

    private AccessRow(delegate*<Core, Op*, void>[] loads, delegate*<Core, Op*, void>[] stores)
    {
        Offset = loads[0];
        Register = loads[1];
        Literal = loads[2];
        Indexed = loads[3];
        Unprivileged = loads[4];
        StoreOffset = stores[0];
        StoreRegister = stores[1];
        StoreIndexed = stores[2];
        StoreUnprivileged = stores[3];
    }

    public static AccessRow Of<T>() where T : struct, IAccess => new(
        [&LoadStore.Offset<T>, &LoadStore.Register<T>, &LoadStore.Literal<T>, &LoadStore.Indexed<T>, &LoadStore.Unprivileged<T>],
        [&LoadStore.StoreOffset<T>, &LoadStore.StoreRegister<T>, &LoadStore.StoreIndexed<T>, &LoadStore.StoreUnprivileged<T>]);
}
