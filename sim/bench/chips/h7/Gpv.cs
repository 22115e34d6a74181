namespace SharpProbe.Sim.Chips.H7;

/// <summary>
/// The AXI interconnect's registers (GPV, RM0433 2.2.4): issuing and quality-of-service options of initiators (INI) and targets (TARG). They change nothing that
/// the bench times; firmware writes some for errata (ES0392, AXI SRAM).
/// </summary>
public sealed class Gpv : Peripheral
{
    /// <summary>Registers of each target: offset in its 4 KB, or 0.</summary>
    private static readonly (int Target, bool All)[] Targets = [(1, true), (2, true), (3, false), (4, false), (5, false), (6, false), (7, true)];

    public Gpv() : base("GPV")
    {
        uint[] id = [0x04, 0, 0, 0, 0x00, 0xB4, 0x2B, 0, 0x0D, 0xF0, 0x05, 0xB1];
        string[] names = ["PERIPH_ID_4", "", "", "", "PERIPH_ID_0", "PERIPH_ID_1", "PERIPH_ID_2", "PERIPH_ID_3", "COMP_ID_0", "COMP_ID_1", "COMP_ID_2", "COMP_ID_3"];
        for (int i = 0; i < id.Length; i++)
            if (names[i].Length > 0) Add(new() { Name = names[i], Offset = 0x1FD0 + 4 * (uint)i, Reset = id[i], ReadMask = 0xFF, WriteMask = 0 });
        foreach (var (n, all) in Targets)
        {
            uint at = 0x1000 + 0x1000 * (uint)n;
            Kept($"TARG{n}_FN_MOD_ISS_BM", at + (n == 7 ? 0xCu : 0x8), 3);
            if (!all) continue;
            Kept($"TARG{n}_FN_MOD2", at + 0x24, 1);
            if (n != 7) Kept($"TARG{n}_FN_MOD_LB", at + 0x2C, 1);
            Kept($"TARG{n}_FN_MOD", at + 0x108, 3);
        }
        for (uint n = 1; n <= 6; n++)
        {
            uint at = 0x41000 + 0x1000 * n;
            if (n is 1 or 3)
            {
                Kept($"INI{n}_FN_MOD2", at + 0x24, 1);
                Kept($"INI{n}_FN_MOD_AHB", at + 0x28, 3);
            }
            Kept($"INI{n}_READ_QOS", at + 0x100, 15);
            Kept($"INI{n}_WRITE_QOS", at + 0x104, 15);
            Kept($"INI{n}_FN_MOD", at + 0x108, 3);
        }
    }

    private void Kept(string name, uint offset, uint mask) => Add(new() { Name = name, Offset = offset, ReadMask = mask, WriteMask = mask });
}
