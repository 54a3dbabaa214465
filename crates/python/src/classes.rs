//! The classes of the package, as its module `model` has them: which fields they have, and which words.

#![expect(unsafe_code, reason = "objects that nobody may change are filled before anybody has them")]

use std::collections::HashMap;

use foldhash::fast::RandomState;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyString, PyTuple, PyTupleMethods, PyType};
use pyo3::{ffi, intern};

/// Every class of the package's module `model`.
pub(crate) struct Classes {
    by_name: HashMap<String, Class, RandomState>,
    /// Names of the structures by the address of their class.
    by_type: HashMap<usize, String, RandomState>,
}

enum Class {
    Structure(Structure),
    Words(Words),
}

/// A class with fields.
pub(crate) struct Structure {
    class: Py<PyType>,
    /// The fields in their order.
    pub(crate) fields: Vec<Field>,
}

/// The members of an enum, or the constants of an open list, in their order.
pub(crate) struct Words(Vec<(String, Py<PyAny>)>);

/// A field of a class.
pub(crate) struct Field {
    /// Its name.
    pub(crate) name: Py<PyString>,
    text: String,
    slot: Py<PyAny>,
    set: ffi::descrsetfunc,
    /// What an object has where the field is left out; absent where it never is.
    pub(crate) default: Option<Py<PyAny>>,
    /// Whether it holds a time.
    pub(crate) is_time: bool,
}

impl Classes {
    /// The classes, which are looked up once.
    pub(crate) fn of(py: Python<'_>) -> PyResult<&Self> {
        static CLASSES: PyOnceLock<Classes> = PyOnceLock::new();
        CLASSES.get_or_try_init(py, || Self::look_up(py))
    }

    fn look_up(py: Python<'_>) -> PyResult<Self> {
        let model = py.import("lbhealth.model")?;
        let dataclasses = py.import("dataclasses")?;
        let (mut by_name, mut by_type) = (HashMap::default(), HashMap::default());
        for name in model.getattr("__all__")?.try_iter()? {
            let name = name?.cast_into::<PyString>()?;
            let class = model.getattr(&name)?.cast_into::<PyType>()?;
            let name = name.to_string();
            if class.is_subclass_of::<PyString>()? {
                by_name.insert(name, Class::Words(Words::of(&class)?));
            } else {
                by_type.insert(class.as_ptr().addr(), name.clone());
                let missing = dataclasses.getattr("MISSING")?;
                let fields = dataclasses.call_method1("fields", (&class,))?;
                let fields = fields.try_iter()?.map(|field| Field::of(&class, &field?, &missing)).collect::<PyResult<_>>()?;
                by_name.insert(name, Class::Structure(Structure { class: class.unbind(), fields }));
            }
        }
        Ok(Self { by_name, by_type })
    }

    /// The class that a type of Rust has.
    pub(crate) fn structure(&self, name: &str) -> PyResult<&Structure> {
        match self.by_name.get(name) {
            Some(Class::Structure(structure)) => Ok(structure),
            _ => Err(PyTypeError::new_err(format!("the package has no class `{name}`"))),
        }
    }

    /// The words of a list.
    pub(crate) fn words(&self, name: &str) -> Option<&Words> {
        match self.by_name.get(name) {
            Some(Class::Words(words)) => Some(words),
            _ => None,
        }
    }

    /// The class of an object, if it is one of the package's.
    pub(crate) fn of_object(&self, object: &Bound<'_, PyAny>) -> Option<&Structure> {
        let name = self.by_type.get(&object.get_type().as_ptr().addr())?;
        self.structure(name).ok()
    }
}

impl Words {
    fn of(class: &Bound<'_, PyType>) -> PyResult<Self> {
        let members = match class.getattr_opt("known")? {
            Some(known) => known,
            None => class.clone().into_any(),
        };
        let text = |word: Bound<'_, PyAny>| Ok((word.cast::<PyString>()?.to_str()?.to_owned(), word.unbind()));
        members.try_iter()?.map(|word| word.and_then(text)).collect::<PyResult<_>>().map(Self)
    }

    /// The word that stands at this place of the list.
    pub(crate) fn get(&self, index: u32, word: &str) -> Option<&Py<PyAny>> {
        let (text, object) = self.0.get(usize::try_from(index).ok()?)?;
        (text == word).then_some(object)
    }
}

impl Structure {
    /// A new object of the class, none of whose fields is set.
    pub(crate) fn object<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let class = self.class.bind(py).as_type_ptr();
        // SAFETY: the thread is attached, and the class is a heap type of this module's package without an allocator of its own, for
        // which this is the allocator. The call gives a new reference, or null with an exception.
        unsafe { Bound::from_owned_ptr_or_err(py, ffi::PyType_GenericAlloc(class, 0)) }
    }
}

impl Field {
    fn of(class: &Bound<'_, PyType>, field: &Bound<'_, PyAny>, missing: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = class.py();
        let name = field.getattr(intern!(py, "name"))?.cast_into::<PyString>()?;
        let slot = class.getattr(&name)?;
        // SAFETY: the thread is attached, and a type's slot of this number is null or a function of this type.
        let set = unsafe {
            let set = ffi::PyType_GetSlot(slot.get_type().as_type_ptr(), ffi::Py_tp_descr_set);
            std::mem::transmute::<*mut std::ffi::c_void, Option<ffi::descrsetfunc>>(set)
        };
        let set = set.ok_or_else(|| PyTypeError::new_err(format!("`{name}` of {class} is no slot")))?;
        let default = field.getattr(intern!(py, "default"))?;
        let is_time = field.getattr(intern!(py, "type"))?.cast_into::<PyString>()?.to_str()?.starts_with("datetime");
        Ok(Self {
            text: name.to_str()?.to_owned(),
            name: name.unbind(),
            slot: slot.unbind(),
            set,
            default: (!default.is(missing)).then(|| default.unbind()),
            is_time,
        })
    }

    /// Whether this is its name.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.text == name
    }

    /// Sets the field of a new object, before anybody else has it: its class lets nobody change it.
    pub(crate) fn set(&self, object: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        // SAFETY: the thread is attached, all three are objects, and the function is that of the slot's type. It checks the object's type.
        let status = unsafe { (self.set)(self.slot.as_ptr(), object.as_ptr(), value.as_ptr()) };
        if status == 0 { Ok(()) } else { Err(PyErr::fetch(object.py())) }
    }

    /// Whether an object's value is that of a field that is left out.
    pub(crate) fn is_left_out(&self, value: &Bound<'_, PyAny>) -> bool {
        let is_empty = |value: &Bound<'_, PyAny>| value.cast::<PyTuple>().is_ok_and(PyTupleMethods::is_empty);
        self.default.as_ref().is_some_and(|default| value.is(default) || (is_empty(default.bind(value.py())) && is_empty(value)))
    }
}
