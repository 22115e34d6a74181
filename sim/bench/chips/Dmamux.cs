namespace SharpProbe.Sim.Chips;

/// <summary>
/// DMAMUX1: chooses each stream's request by identifier (RM0433 chapter 17). Channels 0 to 7 belong to DMA1, 8 to 15 to DMA2.
/// Synchronisation and the request generators are not modelled and stop the bench when turned on.
/// </summary>
public sealed class Dmamux : Peripheral, IDmaRouter
{
    private readonly Die _die;
    private readonly IReadOnlyList<string> _requests;
    private readonly Register[] _ccr = new Register[16];

    public Dmamux(string name, Die die, IReadOnlyList<string> requests) : base(name)
    {
        (_die, _requests) = (die, requests);
        for (int i = 0; i < 16; i++)
        {
            int n = i;
            _ccr[i] = Add(new()
            {
                Name = $"C{n}CR", Offset = 4 * (uint)n, ReadMask = 0x07FF_037F, WriteMask = 0x07FF_037F, Widths = 7,
                Unmodelled = [new("SOIE", 1 << 8), new("EGE", 1 << 9), new("SE", 1 << 16)],
                OnWrite = (_, _) => Chosen(n),
            });
        }
        // Without synchronisation and generators there is never an overrun to show or to clear.
        Add(new() { Name = "CSR", Offset = 0x80, ReadMask = 0xFFFF, WriteMask = 0, Widths = 7 });
        Add(new() { Name = "CFR", Offset = 0x84, ReadMask = 0, WriteMask = 0, Widths = 7, OnWrite = (_, _) => { } });
        for (uint n = 0; n < 8; n++)
            Add(new()
            {
                Name = $"RG{n}CR", Offset = 0x100 + 4 * n, ReadMask = 0x00FF_0107, WriteMask = 0x00FF_0107, Widths = 7,
                Unmodelled = [new("OIE", 1 << 8), new("GE", 1 << 16)],
            });
        Add(new() { Name = "RGSR", Offset = 0x140, ReadMask = 0xFF, WriteMask = 0, Widths = 7 });
        Add(new() { Name = "RGCFR", Offset = 0x144, ReadMask = 0, WriteMask = 0, Widths = 7, OnWrite = (_, _) => { } });
    }

    public event Action<int, int>? Changed;

    public override void Reset()
    {
        base.Reset();
        for (int n = 0; n < 16; n++) Changed?.Invoke(n / 8 + 1, n % 8);
    }

    public DmaRequest? Find(int controller, int stream, uint channel)
    {
        uint id = _ccr[(controller - 1) * 8 + stream].Value & 0x7F;
        return id == 0 ? null : _die.Request(_requests[(int)id]);
    }

    private void Chosen(int n)
    {
        uint id = _ccr[n].Value & 0x7F;
        if (id >= _requests.Count || _requests[(int)id] == "-") throw new BenchStop($"{Name}.C{n}CR: DMAREQ_ID = {id} is reserved");
        Changed?.Invoke(n / 8 + 1, n % 8);
    }
}
