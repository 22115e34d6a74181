using static SharpProbe.SelfTest.Report;

namespace SharpProbe.SelfTest;

static class Objects
{
    abstract class Animal
    {
        internal abstract int Legs { get; }
        internal virtual string Name => "animal";
    }

    sealed class Dog : Animal
    {
        internal override int Legs => 4;
        internal override string Name => "dog";
    }

    class Bird : Animal
    {
        internal override int Legs => 2;
    }

    interface IMarker;

    sealed class Marked : Bird, IMarker
    {
        internal long Number = 1L << 40;
        internal readonly object Self;
        internal Marked() => Self = this;
    }

    struct Big
    {
        internal long A, B, C, D, E, F, G, H;
        internal object O;
    }

    internal static void Run()
    {
        Animal dog = Opaque<Animal>(new Dog()), bird = Opaque<Animal>(new Bird());
        Check(dog.Legs == 4 && bird.Legs == 2, "abstract methods dispatch"u8);
        Check(dog.Name == "dog" && bird.Name == "animal", "virtual methods fall back to the base"u8);
        Check(dog is Dog, "is finds the class"u8);
        Check(bird is not Dog, "is not another class"u8);
        Check(Opaque<object>(dog) is Animal, "is finds the base class"u8);
        Check((bird as Dog) is null, "as gives null"u8);
        Check(((Animal)Opaque<object>(bird)).Legs == 2, "a cast down succeeds"u8);
        Check(Opaque<object>(new Marked()) is IMarker, "is finds an interface"u8);
        Check(Opaque<object>(bird) is not IMarker, "is not an interface"u8);
        Check(new Marked().Number == 1L << 40, "field initialisers run"u8);
        var marked = new Marked();
        Check(marked.Self == marked, "a reference field is stored"u8);
        Check(Opaque<object>(Opaque(42)) is int and 42, "an int boxes and unboxes"u8);
        Check(Opaque<object>(Opaque(42L)) is not int, "a boxed long is no int"u8);
        Check(Opaque<object>((byte)7) is byte and 7, "a byte boxes and unboxes"u8);
        var big = new Big { A = 1, H = 8, O = dog };
        Big copy = Opaque(big);
        big.H = 9;
        Check(copy.H == 8 && copy.A == 1 && copy.O == dog, "structs copy by value, references with them"u8);
        int? some = Opaque((int?)3), none = Opaque((int?)null);
        Check(some.HasValue && some.Value == 3 && !none.HasValue && (none ?? 5) == 5, "nullable values"u8);
        (int a, int b) = (Opaque(1), Opaque(2));
        (a, b) = (b, a);
        Check(a == 2 && b == 1, "tuples swap"u8);
    }
}
