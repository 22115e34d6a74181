namespace SharpProbe.Sim.Cpu.Execute;

/// <summary>The widths of LDR and STR.</summary>
internal static class Accesses
{
    public readonly struct Word : IAccess
    {
        public static uint Load(Core c, uint address) => c.Read32(address);
        public static void Store(Core c, uint address, uint value) => c.Write32(address, value);
        public static int Width => 4;
        public static uint Extend(uint value) => value;
    }

    public readonly struct Half : IAccess
    {
        public static uint Load(Core c, uint address) => c.Read16(address);
        public static void Store(Core c, uint address, uint value) => c.Write16(address, value);
        public static int Width => 2;
        public static uint Extend(uint value) => value;
    }

    public readonly struct Byte : IAccess
    {
        public static uint Load(Core c, uint address) => c.Read8(address);
        public static void Store(Core c, uint address, uint value) => c.Write8(address, value);
        public static int Width => 1;
        public static uint Extend(uint value) => value;
    }

    public readonly struct SignedHalf : IAccess
    {
        public static uint Load(Core c, uint address) => (uint)(short)c.Read16(address);
        public static void Store(Core c, uint address, uint value) => c.Write16(address, value);
        public static int Width => 2;
        public static uint Extend(uint value) => (uint)(short)value;
    }

    public readonly struct SignedByte : IAccess
    {
        public static uint Load(Core c, uint address) => (uint)(sbyte)c.Read8(address);
        public static void Store(Core c, uint address, uint value) => c.Write8(address, value);
        public static int Width => 1;
        public static uint Extend(uint value) => (uint)(sbyte)value;
    }
}
