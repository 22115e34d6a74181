using System.Threading;

namespace SharpProbe.Hal;

/// <summary>One pin of a port. The port's clock must be on.</summary>
public readonly unsafe struct Pin(GpioRegisters* port, int number)
{
    private readonly GpioRegisters* _port = port;
    private readonly int _number = number;

    private enum Field { Mode = 0x00, Speed = 0x08, Pull = 0x0C, AlternateLow = 0x20, AlternateHigh = 0x24 }

    public bool Value
    {
        get => (_port->IDR >> _number & 1) != 0;
        set => _port->BSRR = value ? 1u << _number : 0x1_0000u << _number;
    }

    /// <summary>Level that an output drives (as opposed to <see cref="Value"/>, the level on the pin).</summary>
    public bool Latch => (_port->ODR >> _number & 1) != 0;

    /// <summary>An output that drives low, push-pull or open drain.</summary>
    public bool DrivesLow => (_port->MODER >> _number * 2 & 3) == (uint)PinMode.Output && !Latch;

    public void Pull(PinPull pull) => Set(Field.Pull, 2, (uint)pull);

    public void Input(PinPull pull = PinPull.None)
    {
        Set(Field.Pull, 2, (uint)pull);
        Set(Field.Mode, 2, (uint)PinMode.Input);
    }

    public void Output(bool value, bool openDrain = false, PinSpeed speed = PinSpeed.Low)
    {
        Value = value;
        Drive(openDrain, speed);
        Set(Field.Mode, 2, (uint)PinMode.Output);
    }

    /// <summary>What <see cref="Pull"/> set.</summary>
    public PinPull PullMode => (PinPull)(_port->PUPDR >> _number * 2 & 3);

    /// <summary>What the pin is at present; set, a state that was read here comes back.</summary>
    public PinMode Mode
    {
        get => (PinMode)(_port->MODER >> _number * 2 & 3);
        set => Set(Field.Mode, 2, (uint)value);
    }

    /// <summary>No digital input, no pull.</summary>
    public void Analog()
    {
        Set(Field.Pull, 2, (uint)PinPull.None);
        Set(Field.Mode, 2, (uint)PinMode.Analog);
    }

    /// <summary>Hands the pin to a peripheral; the function number is the data sheet's AF.</summary>
    public void Alternate(uint function, PinPull pull = PinPull.None, PinSpeed speed = PinSpeed.High)
    {
        Drive(openDrain: false, speed);
        Set(Field.Pull, 2, (uint)pull);
        Set(_number < 8 ? Field.AlternateLow : Field.AlternateHigh, 4, function);
        Set(Field.Mode, 2, (uint)PinMode.Alternate);
    }

    private void Drive(bool openDrain, PinSpeed speed)
    {
        _port->OTYPER = _port->OTYPER & ~(1u << _number) | (openDrain ? 1u << _number : 0);
        Set(Field.Speed, 2, (uint)speed);
    }

    /// <summary>One pin's bits in a configuration register; registers with four bits a pin hold eight pins.</summary>
    private void Set(Field field, int width, uint value)
    {
        ref uint register = ref *(uint*)((byte*)_port + (int)field);
        int shift = (width == 2 ? _number : _number & 7) * width;
        uint mask = (1u << width) - 1;
        Volatile.Write(ref register, Volatile.Read(ref register) & ~(mask << shift) | value << shift);
    }
}
