using SharpProbe.Sim.Cpu;

namespace SharpProbe.Sim.Gdb;

/// <summary>A register as gdb knows it: features and names are those of gdb's manual, "ARM Features".</summary>
public sealed record GdbRegister(string Feature, string Name, int Bits, string Type, Func<Core, ulong> Get, Action<Core, ulong> Set)
{
    private const string Profile = "org.gnu.gdb.arm.m-profile", Vfp = "org.gnu.gdb.arm.vfp", System = "org.gnu.gdb.arm.m-system";

    /// <summary>All registers of a kind of core; a register's number is its place in the list.</summary>
    public static IReadOnlyList<GdbRegister> Of(Core core)
    {
        var list = new List<GdbRegister>();
        for (int i = 0; i <= 15; i++)
        {
            int n = i;
            string name = n switch { 13 => "sp", 14 => "lr", 15 => "pc", _ => $"r{n}" };
            string type = n switch { 13 => "data_ptr", 15 => "code_ptr", _ => "uint32" };
            list.Add(new(Profile, name, 32, type, c => c[n], (c, v) => c[n] = (uint)v));
        }
        list.Add(new(Profile, "xpsr", 32, "uint32", c => c.Xpsr, (c, v) => c.Xpsr = (uint)v));
        if (core.HasFpu)
        {
            for (int i = 0; i < 16; i++)
            {
                int n = i;
                list.Add(new(Vfp, $"d{n}", 64, "ieee_double", c => c.GetSingle(2 * n) | (ulong)c.GetSingle(2 * n + 1) << 32, (c, v) =>
                {
                    c.SetSingle(2 * n, (uint)v);
                    c.SetSingle(2 * n + 1, (uint)(v >> 32));
                }));
            }
            list.Add(new(Vfp, "fpscr", 32, "uint32", c => c.Fpscr, (c, v) => c.Fpscr = (uint)v));
        }
        list.Add(new(System, "msp", 32, "data_ptr", c => c.Msp, (c, v) => c.Msp = (uint)v));
        list.Add(new(System, "psp", 32, "data_ptr", c => c.Psp, (c, v) => c.Psp = (uint)v));
        list.Add(new(System, "primask", 32, "uint32", c => c.GetMask(16), (c, v) => c.SetMask(16, (uint)v)));
        if (!core.IsV6M)
        {
            list.Add(new(System, "basepri", 32, "uint32", c => c.GetMask(17), (c, v) => c.SetMask(17, (uint)v)));
            list.Add(new(System, "faultmask", 32, "uint32", c => c.GetMask(19), (c, v) => c.SetMask(19, (uint)v)));
        }
        list.Add(new(System, "control", 32, "uint32", c => c.Control, (c, v) => c.SetControl((uint)v)));
        return list;
    }

    /// <summary>The target description that gdb asks for with qXfer:features.</summary>
    public static string Description(IReadOnlyList<GdbRegister> registers)
    {
        var xml = new global::System.Text.StringBuilder("<?xml version=\"1.0\"?>\n<!DOCTYPE target SYSTEM \"gdb-target.dtd\">\n<target version=\"1.0\">\n<architecture>arm</architecture>\n");
        string feature = "";
        for (int i = 0; i < registers.Count; i++)
        {
            var r = registers[i];
            if (r.Feature != feature)
            {
                if (feature.Length != 0) xml.Append("</feature>\n");
                xml.Append($"<feature name=\"{feature = r.Feature}\">\n");
            }
            string group = r.Feature == System ? " group=\"system\"" : "";
            xml.Append($"<reg name=\"{r.Name}\" bitsize=\"{r.Bits}\" type=\"{r.Type}\" regnum=\"{i}\"{group}/>\n");
        }
        return xml.Append("</feature>\n</target>\n").ToString();
    }
}
